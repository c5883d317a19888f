import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../src/core/tool.ts";
import { headerProblem } from "../../../src/upstream/header-params.ts";

const region = (header: unknown, type: unknown = "string") => ({ type, "x-mcp-header": header });
const object = (properties: object, more: object = {}): JsonSchema => ({ type: "object", properties, ...more });

describe("arguments that are sent as headers, too", () => {
  it.each([
    ["none", object({ a: { type: "string" } })],
    ["several", object({ a: region("Region"), b: region("Priority", "integer"), c: region("X-1", "boolean") })],
    ["in an object", object({ where: object({ a: region("Region") }) as object })],
    ["a property of that name", object({ "x-mcp-header": { type: "string" } })],
    ["a schema that is none", true],
  ])("are taken: %s", (_what, schema) => {
    expect(headerProblem(schema)).toBeUndefined();
  });

  it.each([
    ["no name", object({ a: region("") }), /not the name of a header/],
    ["a name that is no text", object({ a: region(1) }), /not the name of a header/],
    ["a space", object({ a: region("My Region") }), /not the name of a header/],
    ["a line break", object({ a: region("Region\r\nX: y") }), /not the name of a header/],
    ["a number", object({ a: region("Region", "number") }), /no string, integer or boolean/],
    ["an object", object({ a: region("Region", "object") }), /no string, integer or boolean/],
    ["no type", object({ a: { "x-mcp-header": "Region" } }), /no string, integer or boolean/],
    ["one name twice", object({ a: region("Region"), b: region("REGION") }), /twice/],
    ["the whole", { type: "object", "x-mcp-header": "All" }, /no argument/],
    ["items", object({ a: { type: "array", items: region("Region") } }), /no argument/],
    ["a choice", object({}, { anyOf: [object({ a: region("Region") })] }), /no argument/],
    ["definitions", object({}, { $defs: { a: region("Region") } }), /no argument/],
  ])("cost their tool: %s", (_what, schema, problem) => {
    expect(headerProblem(schema)).toMatch(problem);
  });
});
