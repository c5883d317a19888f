import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { hintFor } from "../../../src/execute/hints.ts";
import { ResultShapes } from "../../../src/execute/result-shapes.ts";

const inputSchema = { type: "object", properties: { owner: { type: "string" } }, required: ["owner"] };
const catalog = buildCatalog([
  { key: "github", status: "ready", tools: ["list_issues", "get_me"].map((name) => ({ name, inputSchema })), skipped: [] },
  { key: "memory", status: "ready", tools: [], skipped: [] },
]);
const shapes = new ResultShapes();
shapes.remember("github.search", { items: [] });

const hint = (name: string, message: string, known = shapes) => hintFor({ name, message }, catalog, known);
const GAVE = "github.search gave { items: an array (0 items) }";

describe("an error of the language says what exists instead", () => {
  it.each([
    ["ReferenceError", "gihub is not defined", "Did you mean github? There are: github, memory."],
    ["ReferenceError", "jira is not defined", "There are: github, memory."],
    ["ReferenceError", "process is not defined", "There is no Node here: no files, no environment, no processes. Call a tool instead."],
    [
      "TypeError",
      "github.issues.list is not a function",
      'The tools are methods of github itself. There is no tool "issues.list" in github. Did you mean:\n  github.list_issues(input: { owner: string }): Promise<any>',
    ],
    ["TypeError", "github is not a function", "github is an object, and its tools are its methods: github.tool({ ... })."],
    ["TypeError", "result.map is not a function", GAVE],
    ["TypeError", "result is not iterable", GAVE],
    ["TypeError", "Cannot read properties of undefined (reading 'x')", GAVE],
    ["SyntaxError", "Unexpected token 'N', \"No article\"... is not valid JSON", GAVE],
    ["SyntaxError", '"[object Object]" is not valid JSON', `It is no text but a value already: leave out JSON.parse.\n${GAVE}`],
    [
      "EvalError",
      "Code generation from strings disallowed for this context",
      "Code cannot be made from text here: write it into the program.",
    ],
    [
      "Error",
      "This worker is not permitted to access the internet via global functions like fetch().",
      'There is no network here: call a tool. await codemode.search("...") finds one.',
    ],
  ])("%s: %s", (name, message, expected) => {
    expect(hint(name, message)).toBe(expected);
  });

  it.each([
    ["ReferenceError", "Cannot access 'a' before initialization"],
    ["TypeError", "Reduce of empty array with no initial value"],
    ["RangeError", "result.map is not a function"],
    ["Error", "gihub is not defined"],
    ["ToolError", "github.get_me: Cannot read properties of undefined"],
  ])("but nothing where there is nothing to say: %s: %s", (name, message) => {
    expect(hint(name, message)).toBeUndefined();
  });

  it("or where no call has been made", () => {
    expect(hint("TypeError", "result.map is not a function", new ResultShapes())).toBeUndefined();
  });

  it("whatever the message, it is short and takes no time", () => {
    const message = fc.oneof(
      fc.string(),
      fc.string().map((text) => `${text} is not a function`),
      fc.constant(`${"a.".repeat(100_000)} is not defined`),
    );
    fc.assert(
      fc.property(fc.constantFrom("ReferenceError", "TypeError", "SyntaxError"), message, (name, text) => {
        expect((hint(name, text) ?? "").length).toBeLessThan(1_000);
      }),
    );
  });
});

describe("the outline of a result", () => {
  const outline = (value: unknown) => {
    const known = new ResultShapes();
    known.remember("a.b", value);
    return known.lines()[0]?.slice("a.b gave ".length);
  };

  it.each<[unknown, string]>([
    ["some text", 'the text "some text"'],
    ["x".repeat(100), `the text "${"x".repeat(39)}…"`],
    [null, "null"],
    [5, "number"],
    [[], "an array (0 items)"],
    [["a", "b"], "an array (2 items) of string"],
    [{}, "{}"],
    [{ n: 1, s: "x", none: null, list: [1] }, "{ n: number, s: string, none: null, list: an array (1 item) of number }"],
    [{ items: [{ id: 1, name: "x" }] }, "{ items: an array (1 item) of { id, name } }"],
    [{ user: { login: "a", company: null } }, "{ user: { login, company: null } }"],
    [
      [
        { a: 1, b: null },
        { a: 2, b: 3 },
      ],
      "an array (2 items) of { a, b (sometimes null) }",
    ],
    [{ "a b": 1 }, '{ "a b": number }'],
    [JSON.parse('{"__proto__":1}'), "{ __proto__: number }"],
    [
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, n])),
      "{ k0: number, k1: number, k2: number, k3: number, k4: number, k5: number, k6: number, k7: number, k8: number, k9: number, k10: number, k11: number, … }",
    ],
  ])("%j is %s", (value, expected) => {
    expect(outline(value)).toBe(expected);
  });

  it("is short and on one line, whatever the result", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(outline(value)).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{1,220}$/u);
      }),
    );
  });

  it("is kept of the last three tools, the latest first", () => {
    const known = new ResultShapes();
    for (const name of ["a", "b", "a", "c", "d"]) known.remember(name, name);
    expect(known.lines()).toEqual(['d gave the text "d"', 'c gave the text "c"', 'a gave the text "a"']);
  });
});
