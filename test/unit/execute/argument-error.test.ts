import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import type { JsonSchema } from "../../../src/core/tool.ts";
import { argumentError } from "../../../src/execute/argument-error.ts";
import { hostileSchema } from "../catalog/hostile.ts";

function messageFor(inputSchema: JsonSchema, args: Record<string, unknown>): string {
  const catalog = buildCatalog([{ key: "peer", status: "ready", tools: [{ name: "do_it", inputSchema }], skipped: [] }]);
  const tool = catalog.find("peer", "do_it");
  return (tool === undefined ? undefined : argumentError(tool, args))?.message ?? "";
}

function lineFor(schema: unknown, value: unknown, more: object = {}): string {
  return messageFor({ type: "object", properties: { a: schema as JsonSchema }, ...more }, { a: value }).split("\n")[1] ?? "";
}

describe("one thing that does not fit is told with what was expected, what was given, and how to mend it", () => {
  it.each<[unknown, unknown, string]>([
    [{ type: "string" }, 5, "- a must be a string, got 5"],
    [{ type: "string" }, null, "- a must be a string, got null; leave it out instead"],
    [{ type: "integer" }, "5", '- a must be a whole number, got the string "5"; write it without quotes'],
    [{ type: "boolean" }, "true", '- a must be true or false, got the string "true"; write it without quotes'],
    [{ type: "array" }, "bug", '- a must be an array, got the string "bug"; put it into an array'],
    [{ type: "object" }, '{"b":1}', '- a must be an object, got the string "{\\"b\\":1}"; give the value itself, not its JSON text'],
    [{ type: "object" }, [1, 2], "- a must be an object, got an array of 2"],
    [{ type: ["string", "null"] }, { b: 1, "c d": 2 }, '- a must be a string or null, got an object with b, "c d"'],
    [{ enum: ["open", "closed"] }, "opened", '- a must be "open" | "closed", got the string "opened". Did you mean "open"?'],
    [{ enum: ["open", "closed"] }, null, '- a must be "open" | "closed", got null; leave it out instead'],
    [{ enum: ["open", "closed"] }, "zzzzzz", '- a must be "open" | "closed", got the string "zzzzzz"'],
    [{ maximum: 100 }, 500, "- a must be at most 100, got 500"],
    [{ exclusiveMinimum: 0 }, 0, "- a must be greater than 0, got 0"],
    [{ multipleOf: 5 }, 7, "- a must be a multiple of 5, got 7"],
    [{ minLength: 1 }, "", "- a must have at least 1 character, has 0"],
    [{ maxItems: 2 }, [1, 2, 3], "- a must have at most 2 items, has 3"],
    [false, 1, "- a must not be given"],
    [{ items: { properties: { "b-c": { type: "string" } } } }, [{}, { "b-c": 1 }], '- a[1]["b-c"] must be a string, got 1'],
    [{ anyOf: [{ required: ["x"] }, { required: ["y"] }] }, {}, "- a must have x or y"],
  ])("%j given %j", (schema, value, expected) => {
    expect(lineFor(schema, value)).toBe(expected);
  });

  it.each<[object, Record<string, unknown>, string[]]>([
    [{ required: ["title"] }, {}, ["- title is missing; it must be a string (undefined counts as missing)"]],
    [{ required: ["title"] }, { titel: "x" }, ["- title is missing; it must be a string (you gave titel)"]],
    [{ additionalProperties: false }, { titel: "x" }, ["- titel does not exist. Did you mean title?"]],
    [{ additionalProperties: false }, { zzz: "x" }, ["- zzz does not exist. There is: title, body"]],
  ])("%j given %j", (more, args, expected) => {
    const schema = { type: "object", properties: { title: { type: "string" }, body: {} }, ...more };
    expect(messageFor(schema, args).split("\n").slice(1, -3)).toEqual(expected);
  });
});

describe("the whole message", () => {
  it("says that nothing was sent, what is wrong, and the declaration", () => {
    const schema = { type: "object", properties: { n: { type: "number", description: "how many" } }, required: ["n"] };
    expect(messageFor(schema, { n: "x" })).toBe(
      [
        "the arguments do not fit, so nothing was sent:",
        '- n must be a number, got the string "x"',
        "declare const peer: {",
        "do_it(input: {",
        " n: number // how many",
        "}): Promise<any>;",
        "};",
      ].join("\n"),
    );
  });

  it("shows five of many, and how many there are", () => {
    const properties = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`m${index}`, { type: "number" }]));
    const message = messageFor({ properties }, Object.fromEntries(Object.keys(properties).map((name) => [name, "x"])));
    expect(message.split("\n").slice(5, 7)).toEqual(['- m4 must be a number, got the string "x"', "- and 4 more"]);
  });

  it.each([
    [20, "a signature on one line", /^peer\.do_it\(input\?: \{ m0\?: number; /],
    [
      200,
      "the beginning of the signature and where the whole is",
      /^peer\.do_it\(.*…\nThe whole: await codemode\.describe\("peer\.do_it"\)$/,
    ],
  ])("with %i documented arguments has %s", (count, _what, expected) => {
    const properties = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`m${index}`, { type: "number", description: "a number for something or other" }]),
    );
    expect(messageFor({ properties }, { m0: "x" }).split("\n").slice(2).join("\n")).toMatch(expected);
  });

  it("of a hostile schema is short, well-formed, and has no line of the upstream's making", () => {
    let told = 0;
    fc.assert(
      fc.property(hostileSchema(), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (schema, args) => {
        const message = messageFor(schema, args);
        if (message === "") return;
        told += 1;
        expect(message.length).toBeLessThan(1_100);
        expect(message.isWellFormed()).toBe(true);
        const [, ...lines] = message.slice(0, message.search(/\n(?:declare|peer\.do_it)/)).split("\n");
        for (const line of lines) expect(line).toMatch(/^- [^\p{Cc}\p{Zl}\p{Zp}]+$/u);
      }),
      { numRuns: 1_000 },
    );
    expect(told).toBeGreaterThan(50);
  }, 60_000);
});
