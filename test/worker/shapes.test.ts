import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureAnswers } from "../corpus/api-answers.ts";
import { FIXTURE_TOOLS } from "../corpus/api-tools.ts";
import { SHAPES } from "../corpus/shapes.ts";
import type { Body } from "../corpus/shapes.ts";
import { returned } from "../support/run-program.ts";

const literal = fc.oneof(
  fc.integer({ min: -5, max: 1_000 }).map(String),
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.constantFrom("`a${1 + 1}\n// no comment`", "/[/*]+/.source", "null", "[1, [2]]", "'}'", '"return"', "({ a: 1 }).a", "(() => 7)()"),
);
const statement = fc.oneof(
  literal.map((value) => (name: string) => `const ${name} = ${value};`),
  literal.map((value) => (name: string) => `let ${name}: unknown; ${name} = ${value};`),
  fc.constantFrom(
    (name: string) => `const { byStatus: ${name} } = await tracker.get_stats({ project: "web" });`,
    (name: string) => `const ${name} = []; for (const n of [1, 2]) ${name}.push(n * 2);`,
    (name: string) => `const ${name} = (await Promise.all(["T-1", "T-2"].map((id) => tracker.get_ticket({ id })))).map((t) => t.title);`,
    (name: string) => `let ${name} = "no"; try { await tracker.get_ticket({ id: "none" }); } catch (e) { ${name} = e.message; }`,
    (name: string) => `function f_${name}(a, b = 2) {\n  // adds\n  return a + b;\n}\nconst ${name} = f_${name}(1);`,
  ),
);
/** A few statements, and as the value the list of what they have made. */
const body: fc.Arbitrary<Body> = fc.array(statement, { maxLength: 4 }).map((makers) => {
  const names = makers.map((_, index) => `v${index}`);
  return { statements: makers.map((make, index) => make(names[index] ?? "")).join("\n"), value: `[${names.join(", ")}]` };
});

/** What stands before and behind a program without being part of it. */
const before = fc.constantFrom(
  "",
  "// A program.\n",
  "/* A\n program. */ ",
  "\n\n",
  '"use strict";\n',
  'import type { A } from "./a";\n',
  "#!/usr/bin/env node\n",
);
const behind = fc.constantFrom("", "\n", " // the end", "\n// the end\n", "\n/* the\nend */\n", "  \n\n");
const STATEMENT = /^(?:"use strict"|import)/;
const around = fc.record({ mark: fc.constantFrom("", "\ufeff"), before, behind, newline: fc.constantFrom("\n", "\r\n") });

describe("a body gives the same result in every shape", () => {
  it.each(Object.entries(SHAPES))(
    "%s",
    async (name, shape) => {
      const plain = SHAPES["statements and return"];
      await fc.assert(
        fc.asyncProperty(body, around, async (made, { mark, newline, ...texts }) => {
          // Behind a statement, a function without a name is no longer the whole program but a syntax error.
          fc.pre(name !== "a function expression" || !STATEMENT.test(texts.before));
          const options = { upstreams: FIXTURE_TOOLS };
          const run = (program: string) => returned(program, { ...options, script: fixtureAnswers() });
          // The line breaks of a template literal are always "\n", whatever those of the program are.
          const program = `${mark}${texts.before}${shape(made)}${texts.behind}`.replaceAll("\n", newline);
          expect(await run(program)).toBe(await run(plain?.(made) ?? ""));
        }),
        { numRuns: 12 },
      );
    },
    60_000,
  );
});
