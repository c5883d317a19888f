import fc from "fast-check";
import ts from "typescript-js";
import { describe, expect, it } from "vitest";
import { lineAt } from "../../../src/core/source-lines.ts";
import { insertAll, positionAt, toOriginal } from "../../../src/program/positions.ts";
import type { Insert } from "../../../src/program/positions.ts";
import { prepared, run, runModule } from "./run-module.ts";

const text = fc.string({ unit: fc.constantFrom("a", " ", "é", "😀", "\n", "\r", "\r\n", "\u2028"), maxLength: 60 });

// Between a CR and its LF there is no place to be.
const isInsideLineEnd = (source: string, offset: number): boolean => source[offset - 1] === "\r" && source[offset] === "\n";

/** A text with inserts as shaping makes them: anywhere without line breaks, and a last one that begins with one. */
const shaped = text.chain((source) =>
  fc
    .array(fc.record({ pos: fc.nat(source.length), text: fc.string({ unit: fc.constantFrom("x", "(", " "), maxLength: 8 }) }), {
      maxLength: 5,
    })
    .map((some) => {
      const between = some.filter(({ pos }) => !isInsideLineEnd(source, pos)).toSorted((a, b) => a.pos - b.pos);
      const all = [...between, { pos: source.length, text: "\nreturn main();\n}" }];
      return { source, inserts: all.map((insert): Insert => ({ ...insert, ...positionAt(source, insert.pos) })) };
    }),
);

describe("positions", () => {
  it("count lines as TypeScript does", () => {
    fc.assert(
      fc.property(text, fc.nat(60), (source, anywhere) => {
        const offset = Math.min(anywhere, source.length);
        fc.pre(!isInsideLineEnd(source, offset));
        const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ESNext);
        const { line, character } = ts.getLineAndCharacterOfPosition(file, offset);
        expect(positionAt(source, offset)).toEqual({ line: line + 1, column: character + 1 });
      }),
    );
  });

  it("give the text of a line without what ends it", () => {
    expect([1, 2, 3, 4, 5].map((line) => lineAt("a\r\nb\rc\u2028d", line))).toEqual(["a", "b", "c", "d", ""]);
  });

  it("of every character of a program are found again", () => {
    fc.assert(
      fc.property(shaped, ({ source, inserts }) => {
        const module = insertAll(source, inserts);
        for (let offset = 0; offset < source.length; offset++) {
          if (isInsideLineEnd(source, offset)) continue;
          const before = inserts.filter(({ pos }) => pos <= offset).reduce((sum, insert) => sum + insert.text.length, 0);
          const { line, column } = positionAt(module, offset + before);
          expect(toOriginal(inserts, line, column)).toEqual(positionAt(source, offset));
        }
      }),
    );
  });

  it("inside an insert lead to where it was put", () => {
    fc.assert(
      fc.property(shaped, ({ source, inserts }) => {
        const module = insertAll(source, inserts);
        let shift = 0;
        for (const { pos, line, column, text: added } of inserts) {
          for (let inside = 0; inside < added.length; inside++) {
            if (isInsideLineEnd(module, pos + shift + inside)) continue;
            const place = positionAt(module, pos + shift + inside);
            expect(toOriginal(inserts, place.line, place.column)).toEqual({ line, column });
          }
          shift += added.length;
        }
      }),
    );
  });

  it.each([
    ["statements", "const x = 1;\n  throw new Error('here');", "2:9"],
    ["the first line", "throw new Error('here')", "1:7"],
    ["an arrow function", "async () => { throw new Error('here') }", "1:21"],
    ["an arrow function after a comment", "/* a */ (async () => { throw new Error('here') })()", "1:30"],
    ["an expression", "const f = () => { throw new Error('here') }; f()", "1:25"],
    ["main", "async function main(): Promise<void> {\n  throw new Error('here')\n}", "2:9"],
    ["export default", "export default async function () { throw new Error('here') }", "1:42"],
    ["export async function", "export async function main() { throw new Error('here') }", "1:38"],
    ["types", "const x: Record<string, number> = {}; throw new Error('here' as string)", "1:45"],
    ["a fence", "```ts\nthrow new Error('here')\n```", "2:7"],
    ["an object literal", "{ a: 1, b: (() => { throw new Error('here') })() }", "1:27"],
  ])("of an error at run time: %s", async (_form, source, place) => {
    const { module, inserts } = prepared(source);
    const error: unknown = await runModule(module).catch((thrown: unknown) => thrown);
    const [, line, column] = /:(\d+):(\d+)/.exec(String((error as Error).stack).split("\n")[1] ?? "") ?? [];
    const original = toOriginal(inserts, Number(line), Number(column));
    expect(`${original.line}:${original.column}`).toBe(place);
  });
});

const TYPED = [
  "const first: number = 1; function second<T extends object>(third: T, fourth?: string): T { return third }\nconst fifth = second<{ a: 1 }>({ a: 1 }) as unknown;",
  "async () => {\n  const items: Array<{ id: number }> = await Promise.all<any>([]);\n  return items.map((item: { id: number }): number => item.id!);\n}",
  "interface Hidden { a: number }\nclass Shown<T> implements Hidden { declare b: T; private readonly a: number = 1; static of<U>(value: U): Shown<U> { return new Shown<U>() } }\nShown.of(1) satisfies Hidden",
  "export default async function main(this: void, { a, b = 2 }: { a: number; b?: number } = { a: 1 }): Promise<number> { return (a as number) + b }",
  "type A = 1\nlet x: A | undefined\nfor (const y of [x] as A[]) { if (y) x = y }\nx",
];

describe("stripping", () => {
  it.each(TYPED)("keeps every identifier at its line and column: %s", (source) => {
    const { module, inserts } = prepared(source);
    const end = module.length - (inserts.at(-1)?.text.length ?? 0);
    const seen = identifiers(module).filter(({ offset }) => offset < end);
    expect(seen.length).toBeGreaterThan(3);
    for (const { name, offset } of seen) {
      const inModule = positionAt(module, offset);
      const { line, column } = toOriginal(inserts, inModule.line, inModule.column);
      expect(`${line}:${column} ${lineAt(source, line).slice(column - 1, column - 1 + name.length)}`).toBe(`${line}:${column} ${name}`);
    }
  });

  it("changes nothing of plain JavaScript", () => {
    const source = "const a = [1, 2].map((x) => x < 2 ? { x } : null); /* b: c */ return `${a} as b` // !";
    const { module, inserts } = prepared(source);
    expect(module).toBe(insertAll(source, inserts));
  });
});

function identifiers(module: string): { name: string; offset: number }[] {
  const file = ts.createSourceFile("x.js", module, ts.ScriptTarget.ESNext);
  const found: { name: string; offset: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push({ name: node.text, offset: node.getStart(file) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("one body in every form", () => {
  const statement = fc.constantFrom(
    "const a = await Promise.resolve(2);",
    "let b: number = 3",
    "/* } */",
    "// )",
    "function c(x?: string): string { return `${x}}` }",
    "for (const d of [1, 2]) { if (d > 1) break }",
    "type E = { f: string };",
    "const g = [1, 2, 3].map((x) => x * 2) as number[];",
    "const h = { '}': /[}\\]]/g, \"(\": `\\`${1}` }",
    "",
  );
  const body = fc.tuple(
    fc.uniqueArray(statement, { maxLength: 6 }),
    fc.constantFrom("[1, 'a']", "{ a: 1, b: { c: [] } }", "`x` as string", "1 + 1", "null"),
    fc.constantFrom("\n", "\r\n"),
  );
  const forms: ((body: string, value: string) => string)[] = [
    (before, value) => `${before}return ${value}`,
    (before, value) => `${before}return ${value};`,
    (before, value) => `${before};(${value})`,
    (before, value) => `${before};(${value}); // done`,
    (before, value) => `async () => {${before}return ${value}}`,
    (before, value) => `async () => {${before}return ${value}};`,
    (before, value) => `// first\n(async () => {${before}return ${value}})`,
    (before, value) => `(async () => {${before}return ${value}})()`,
    (before, value) => `async function () {${before}return ${value}}`,
    (before, value) => `async function main() {${before}return ${value}}`,
    (before, value) => `async function main() {${before}return ${value}}\nawait main();`,
    (before, value) => `const main = async (): Promise<unknown> => {${before}return ${value}}`,
    (before, value) => `export default async () => {${before}return ${value}}`,
    (before, value) => `export default async function main() {${before}return ${value}}`,
    (before, value) => `export async function main() {${before}return ${value}}`,
    (before, value) => `\`\`\`typescript\n${before}return ${value}\n\`\`\`\n`,
    (before, value) => `\uFEFF"use strict";\r\n${before}return ${value}`,
  ];

  it("gives the same value", async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...forms), async ([statements, value, lineEnd], form) => {
        const before = `${lineEnd}${statements.map((line) => line + lineEnd).join("")}`;
        const plain = value.replace(" as string", "");
        expect(await run(form(before, value))).toEqual(await runModule(`export default async () => (${plain})`));
      }),
      { numRuns: 300 },
    );
  });
});
