import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../src/core/tool.ts";
import { checkParameterHeaders } from "../../../src/mcp/parameter-headers.ts";

const SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    region: { type: "string", "x-mcp-header": "Region" },
    count: { type: "integer", "x-mcp-header": "Count" },
    dry: { type: "boolean", "x-mcp-header": "Dry" },
    where: { type: "object", properties: { zone: { type: "string", "x-mcp-header": "Zone" } } },
    other: { type: "string" },
  },
};
const base64 = (text: string) => `=?base64?${Buffer.from(text).toString("base64")}?=`;
const check = (args: Record<string, unknown>, headers: Record<string, string>, schema: JsonSchema = SCHEMA) =>
  checkParameterHeaders(schema, args, new Headers(headers));

describe("a header that says what its argument says", () => {
  it.each<[what: string, args: Record<string, unknown>, headers: Record<string, string>]>([
    ["a text", { region: "eu" }, { "mcp-param-region": "eu" }],
    ["an empty text", { region: "" }, { "mcp-param-region": "" }],
    ["a text in Base64", { region: " ü\n" }, { "mcp-param-region": base64(" ü\n") }],
    ["a text with a byte order mark", { region: "\uFEFFa" }, { "mcp-param-region": base64("\uFEFFa") }],
    ["an empty text in Base64", { region: "" }, { "mcp-param-region": base64("") }],
    ["a text that only begins like Base64", { region: "=?base64?AA" }, { "mcp-param-region": "=?base64?AA" }],
    ["a text that looks like Base64, in Base64", { region: base64("x") }, { "mcp-param-region": base64(base64("x")) }],
    ["an integer", { count: -42 }, { "mcp-param-count": "-42" }],
    ["an integer with a point", { count: 42 }, { "mcp-param-count": "42.0" }],
    ["the largest integer", { count: Number.MAX_SAFE_INTEGER }, { "mcp-param-count": String(Number.MAX_SAFE_INTEGER) }],
    ["an integer that has lost digits", { count: Number.MAX_SAFE_INTEGER + 1 }, { "mcp-param-count": "9007199254740993" }],
    ["a boolean", { dry: false }, { "mcp-param-dry": "false" }],
    ["one in an object", { where: { zone: "a" } }, { "mcp-param-zone": "a" }],
    ["nothing for no argument", { other: "x" }, {}],
    ["nothing for null", { region: null, where: null }, {}],
    ["a header for no argument", {}, { "mcp-param-region": "eu" }],
    ["a header that the tool does not know", {}, { "mcp-param-else": "eu" }],
  ])("%s", (_what, args, headers) => {
    expect(() => check(args, headers)).not.toThrow();
  });

  it("of a tool without such arguments is not looked for", () => {
    for (const schema of [true, {}, { properties: null }, { properties: { region: true } }] as JsonSchema[])
      check({ region: "eu" }, {}, schema);
  });

  it("is not looked for where the schema of an older server says nonsense", () => {
    const properties = {
      a: { type: "string", "x-mcp-header": "A b\r\nc" },
      b: { "x-mcp-header": "B" },
      c: { type: "number", "x-mcp-header": "C" },
    };
    check({ a: "x", b: "x", c: 1 }, {}, { properties });
  });

  it("is found at any depth, and in a schema of any depth no longer looked for than there are arguments", () => {
    let schema: JsonSchema = { type: "string", "x-mcp-header": "Deep" };
    let args: unknown = "x";
    for (let depth = 0; depth < 20_000; depth += 1) {
      schema = { properties: { a: schema } };
      if (depth < 10_000) args = { a: args };
    }
    check(args as Record<string, unknown>, {}, schema);
    check({ a: { a: 1 } }, {}, schema);
    const inner = { properties: { a: { properties: { a: { type: "string", "x-mcp-header": "Deep" } } } } };
    expect(() => check({ "": "x" }, {}, { properties: { "": { type: "string", "x-mcp-header": "Empty" } } })).toThrow(/Empty is missing/);
    expect(() => check({ a: { a: "x" } }, {}, inner)).toThrow(/Mcp-Param-Deep is missing: .*"a\.a"/);
  });

  it("is not looked for on behalf of an inherited property", () => {
    const schema = {
      properties: { toString: { type: "string", "x-mcp-header": "Text" }, ["__proto__"]: { properties: SCHEMA } },
    } as JsonSchema;
    check(Object.create({ region: "eu" }) as Record<string, unknown>, {}, schema);
    check({}, {}, schema);
  });
});

describe("a header that does not", () => {
  it.each<[what: string, args: Record<string, unknown>, headers: Record<string, string>, message: RegExp]>([
    ["another text", { region: "eu" }, { "mcp-param-region": "us" }, /Mcp-Param-Region says something else: .*"region"/],
    ["another case", { region: "eu" }, { "mcp-param-region": "EU" }, /something else/],
    ["none", { region: "eu" }, {}, /Mcp-Param-Region is missing/],
    ["none for an empty text", { region: "" }, {}, /is missing/],
    ["Base64 without its padding", { region: "Hello" }, { "mcp-param-region": "=?base64?SGVsbG8?=" }, /no valid Base64/],
    ["Base64 with other characters", { region: "Hello" }, { "mcp-param-region": "=?base64?SGVs!!!bG8=?=" }, /no valid Base64/],
    ["Base64 of what is no UTF-8", { region: "x" }, { "mcp-param-region": "=?base64?/w==?=" }, /no valid Base64/],
    ["Base64 as it stands", { region: base64("x") }, { "mcp-param-region": base64("x") }, /something else/],
    ["another integer", { count: 42 }, { "mcp-param-count": "42.5" }, /something else/],
    ["an integer in another way", { count: 16 }, { "mcp-param-count": "0x10" }, /something else/],
    ["a number", { count: 1.5 }, { "mcp-param-count": "1" }, /something else/],
    ["a boolean in another way", { dry: true }, { "mcp-param-dry": "1" }, /something else/],
    ["one in an object", { where: { zone: "a" } }, { "mcp-param-zone": "b" }, /"where\.zone"/],
  ])("costs the call: %s", (_what, args, headers, message) => {
    expect(() => check(args, headers)).toThrow(
      expect.objectContaining({ code: -32_020, message: expect.stringMatching(message), data: { mismatch: expect.anything() } }),
    );
  });

  it("is not quoted, nor its argument, and their names not beyond some length", () => {
    const long = "L".repeat(200);
    const schema = { properties: { [long]: { type: "string", "x-mcp-header": long } } } as JsonSchema;
    let said: unknown;
    try {
      check({ [long]: "planted-1" }, { [`mcp-param-${long}`]: "planted-2" }, schema);
    } catch (error) {
      said = { ...(error as object), message: (error as Error).message };
    }
    expect(JSON.stringify(said)).toMatch(/something else/);
    expect(JSON.stringify(said)).not.toMatch(/planted|L{81}/);
  });
});
