import { describe, expect, it } from "vitest";
import { prepare } from "../../../src/program/prepare.ts";
import { refused } from "./run-module.ts";

describe("syntax errors", () => {
  it.each([
    ["an unfinished call", "const x = 1;\nconst y = foo(;", "2:15 ')' expected."],
    ["an unfinished block", "if (true) {\n  return 1", "2:11 '}' expected."],
    ["an unfinished template", "return `abc", "1:12 Unterminated template literal."],
    ["in a program of one function", "async () => {\n  const = 1;\n}", "2:9 Variable declaration expected."],
    ["in an object literal", "{\n  a: 1,\n  b: }", "3:6 Expression expected."],
    ["in an anonymous function", "async function () {\n  return 1 +;\n}", "2:13 Expression expected."],
    ["in a block", "{\n  const x = 1;\n  x = ;\n}", "3:7 Expression expected."],
    ["after a fence", "```js\nreturn 1 +;\n```", "2:11 Expression expected."],
    ["after a byte order mark", "\uFEFFreturn 1 +;", "1:12 Expression expected."],
    ["after CRLF", "const x = 1;\r\nreturn x +;", "2:11 Expression expected."],
    ["in types", "const x: = 1", "1:10 Type expected."],
    ["text before the program", "Here it is: a program", "1:1 Unexpected keyword or identifier."],
    ["JSX", "return <p>hello</p>", "1:17 Unterminated regular expression literal."],
  ])("%s", (_what, source, first) => {
    expect(refused(source)[0]).toBe(first);
  });

  it("are shown with the line they are on", () => {
    const result = prepare("const x = 1;\n\tconst y = (;  // oops\nreturn x");
    expect(result).toMatchObject({ ok: false, diagnostics: [{ line: 2, column: 13, sourceLine: "\tconst y = (;  // oops" }] });
  });

  it("are few, and their lines short, however bad the program", () => {
    const result = prepare("(]".repeat(1000));
    if (result.ok) throw new Error("not refused");
    expect(result.diagnostics.length).toBeLessThanOrEqual(5);
    expect(result.diagnostics.every(({ sourceLine }) => sourceLine.length <= 301)).toBe(true);
  });
});

describe("programs that break out of what is put around them", () => {
  it.each([
    ["}; x(); async () => {", "1:1 Declaration or statement expected."],
    ["return 1\n}\nexport const x = () => {", "2:1 Declaration or statement expected."],
    ["async () => { return 1 } })(); (() => {", "1:26 Declaration or statement expected."],
    ["1)(); x(", "1:2 ';' expected."],
    ["/* ", "1:4 '*/' expected."],
    ["{ a: 1 }; } { ", "1:11 Declaration or statement expected."],
  ])("%s", (source, first) => {
    expect(refused(source)[0]).toBe(first);
  });
});

describe("modules", () => {
  it.each([
    ['import fs from "node:fs";\nreturn fs', "1:1"],
    ['const x = 1;\n  import "./x.js"', "2:3"],
    ['import { type A, b } from "x"', "1:1"],
    ['import fs = require("fs")', "1:1"],
    ['export * from "x"', "1:1"],
    ['export { a } from "x"', "1:1"],
    ['const fs = await import("node:fs")', "1:18"],
    ['const fs = require("fs")', "1:12"],
    ['{ a: require("fs"), b: 2 }', "1:6"],
    ['async () => {\n  import fs from "node:fs";\n}', "2:3"],
  ])("%s", (source, place) => {
    expect(refused(source)).toEqual([
      `${place} Nothing can be imported here. Remove this: the tools are globals, called as \`await namespace.tool({ ... })\`.`,
    ]);
  });

  it("may be mentioned", () => {
    expect(prepare('// import x from "y"\nreturn "require(\\"x\\")" + tool.import').ok).toBe(true);
  });
});

describe("what cannot be erased", () => {
  it.each([
    ["enum", "const x = 1;\n  enum A { B }", "2:3", "as const"],
    ["const enum", "const enum A { B }", "1:1", "as const"],
    ["namespace", "namespace A { export const b = 1 }", "1:1", "const object"],
    ["parameter property", "class A { constructor(private x: number) {} }", "1:23", "assign it in the constructor"],
    ["assertion in front", "const a: any = 1; return <number>a", "1:26", "value as Type"],
    ["assertion in front, in an arrow function", "async () => <any>1", "1:13", "value as Type"],
    ["assertion that groups", "const a: any = 1;\nreturn a ?? a as number || 2", "2:13", "in parentheses"],
    ["decorator", "@dec class A {}", "1:1", "Decorators"],
    ["accessor", "class A { accessor x = 1 }", "1:11", "getter"],
    ["export =", "export = 1", "1:1", "export default"],
    ["in an exported default", "export default async () => <any>1", "1:28", "value as Type"],
    ["in a fence", "```ts\nenum A {}\n```", "2:1", "as const"],
  ])("%s", (_what, source, place, advice) => {
    const [first = "", ...more] = refused(source);
    expect(more).toEqual([]);
    expect(first.startsWith(`${place} `), first).toBe(true);
    expect(first).toContain(advice);
  });

  it("may be declared", () => {
    expect(prepare("declare enum A { B }\ndeclare namespace C { const d: 1 }\nnamespace E { export type F = 1 }").ok).toBe(true);
  });
});

describe("programs made to hurt the parser", () => {
  it.each([
    ["parentheses", `${"(".repeat(50_000)}1${")".repeat(50_000)}`],
    ["arrays", `return ${"[".repeat(50_000)}`],
    ["a long sum", `return ${"1 + ".repeat(100_000)}1`],
    ["types", `let x: ${"(".repeat(50_000)}`],
    ["a directive without a value", "/// <reference path=''/>\nreturn 1"],
  ])("%s", (_what, source) => {
    const result = prepare(source);
    if (!result.ok)
      expect(result.diagnostics[0]).toMatchObject({
        line: expect.any(Number),
        column: expect.any(Number),
        message: expect.stringMatching(/./),
      });
    expect(JSON.stringify(result).length).toBeLessThan(2 * source.length + 3000);
  });

  it("leaves nothing behind for the next program", () => {
    const spaces = " ".repeat(10);
    // The parser notes that what begins at offset 10 is no arrow function, and then runs out of stack.
    expect(prepare(`${spaces}(a = 1, b);${"(".repeat(50_000)}`).ok).toBe(false);
    expect(prepare(`${spaces}(a = 1, b) => a`).ok).toBe(true);
  });
});
