import { AjvJsonSchemaValidator } from "@modelcontextprotocol/client/validators/ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../src/core/tool.ts";
import { MAX_DEPTH, MAX_STEPS, violationsOf } from "../../../src/execute/validate.ts";
import { LISTINGS } from "../catalog/fixtures.ts";
import { hostileSchema } from "../catalog/hostile.ts";
import { schemaWithValue } from "../catalog/schema-with-value.ts";
import { valueFor } from "./value-for.ts";

/** `place kind`, as short as can be. */
function found(schema: JsonSchema, value: unknown): string[] {
  return violationsOf(schema, value).map(({ path, kind }) => `${path.join(".")} ${kind}`);
}

const issue = {
  type: "object",
  properties: {
    owner: { type: "string" },
    state: { enum: ["open", "closed"] },
    page: { type: "integer", minimum: 1, maximum: 100 },
    labels: { type: "array", items: { type: "string" }, maxItems: 3 },
  },
  required: ["owner"],
  additionalProperties: false,
};
const payment = {
  anyOf: [
    { type: "object", properties: { type: { const: "card" }, number: { type: "string" } }, required: ["type", "number"] },
    { type: "object", properties: { type: { const: "bank" }, iban: { type: "string" } }, required: ["type", "iban"] },
    { type: "null" },
  ],
};
const tree = {
  type: "object",
  properties: { root: { $ref: "#/$defs/node" } },
  $defs: {
    node: {
      type: "object",
      properties: { v: { type: "number" }, kids: { type: "array", items: { $ref: "#/$defs/node" } } },
      required: ["v"],
    },
  },
};

describe("arguments", () => {
  it.each<[string, JsonSchema, unknown, string[]]>([
    ["that fit", issue, { owner: "a", state: "open", page: 1, labels: [] }, []],
    ["with a member of another type", issue, { owner: 1 }, ["owner type"]],
    ["without a required member", issue, {}, ["owner missing"]],
    ["with a misspelt member", issue, { ownr: "a" }, ["owner missing", "ownr unknown"]],
    ["with a value that is not among those allowed", issue, { owner: "a", state: "opened" }, ["state value"]],
    ["with null for an optional member", issue, { owner: "a", page: null }, ["page type"]],
    ["with a fraction for an integer", issue, { owner: "a", page: 1.5 }, ["page type"]],
    ["at a bound", issue, { owner: "a", page: 100, labels: ["a", "b", "c"] }, []],
    ["beyond a bound", issue, { owner: "a", page: 101, labels: ["a", "b", "c", "d"] }, ["page bound", "labels bound"]],
    ["with a wrong item", issue, { owner: "a", labels: ["a", 1] }, ["labels.1 type"]],
    ["with nothing that their schema knows", { type: "object" }, { a: 1 }, []],
    ["with other members, of a type", { additionalProperties: { type: "number" } }, { a: 1, b: "x" }, ["b type"]],
    ["with a member that is forbidden", { properties: { a: false } }, { a: 1 }, ["a bound"]],
    [
      "of a tuple",
      { properties: { a: { prefixItems: [{ type: "string" }], items: { type: "number" } } } },
      { a: ["x", "y"] },
      ["a.1 type"],
    ],
    ["of an older tuple", { properties: { a: { items: [{ type: "string" }], additionalItems: false } } }, { a: ["x", 1] }, ["a.1 bound"]],
    [
      "in a tree",
      tree,
      { root: { v: 1, kids: [{ v: 2, kids: [{ v: "x" }] }, {}] } },
      ["root.kids.0.kids.0.v type", "root.kids.1.v missing"],
    ],
    [
      "of the parts of allOf",
      { allOf: [{ required: ["a"] }, { properties: { b: { type: "string" } } }] },
      { b: 1 },
      ["a missing", "b type"],
    ],
    ["that repeat no value of an enum of objects", { properties: { a: { enum: [{ x: [1] }] } } }, { a: { x: [2] } }, ["a value"]],
    [
      "called like what every object has",
      { required: ["constructor"], properties: { toString: { type: "string" } } },
      {},
      ["constructor missing"],
    ],
    [
      "called __proto__",
      { properties: JSON.parse('{"__proto__":{"type":"number"}}') as object },
      JSON.parse('{"__proto__":"x"}'),
      ["__proto__ type"],
    ],
  ])("%s", (_what, schema, value, expected) => {
    expect(found(schema, value)).toEqual(expected);
  });

  it.each<[string, unknown, string[]]>([
    ["that fits one", { type: "bank", iban: "x" }, []],
    ["that fits another", null, []],
    ["that lacks something of the one that its fixed value names", { type: "bank" }, ["a.iban missing"]],
    ["whose fixed value no branch has", { type: "cash", iban: "x" }, ["a.type value"]],
    ["of a type that no branch has", 1, ["a type"]],
  ])("a union with a value %s", (_what, a, expected) => {
    expect(found({ properties: { a: payment } }, { a })).toEqual(expected);
  });

  it.each<[string, JsonSchema, string[]]>([
    ["of values", { anyOf: [{ const: "a" }, { enum: ["b"] }] }, ["a value"]],
    ["of values and another type", { anyOf: [{ const: "a" }, { type: "null" }] }, ["a value"]],
    ["of types", { oneOf: [{ type: "number" }, { type: ["null", "boolean"] }] }, ["a type"]],
  ])("a union %s is one expectation", (_what, a, expected) => {
    expect(found({ properties: { a } }, { a: "x" })).toEqual(expected);
  });

  it("of which one member at least is needed have one violation that names all of them", () => {
    expect(violationsOf({ anyOf: [{ required: ["id"] }, { required: ["name"] }] }, {})).toEqual([
      { kind: "choice", path: [], names: ["id", "name"] },
    ]);
  });
});

describe("what cannot be said is let through", () => {
  const wide = { type: "object", properties: { a: { enum: Array.from({ length: MAX_STEPS }, (_, index) => index) } } };
  const twice = (levels: number): JsonSchema => ({
    $ref: "#/$defs/0",
    $defs: Object.fromEntries(
      Array.from({ length: levels }, (_, index) => {
        const next = { $ref: `#/$defs/${index + 1}` };
        return [String(index), index === levels - 1 ? { required: ["a"] } : { allOf: [next, next] }];
      }),
    ),
  });

  it.each<[string, JsonSchema, unknown]>([
    ["a schema that is true", true, { a: 1 }],
    ["a type that does not exist", { properties: { a: { type: "any" } } }, { a: 1 }],
    ["a type in the old way of OpenAPI", { properties: { a: { type: "string", nullable: true } } }, { a: null }],
    ["no type at all", { properties: { a: { properties: { b: {} }, required: ["b"] } } }, { a: "x" }],
    ["exclusiveMinimum of draft-04", { properties: { a: { minimum: 1, exclusiveMinimum: true } } }, { a: 1 }],
    ["required of draft-03", { properties: { a: { required: true } } }, {}],
    [
      "what stands beside a $ref in draft-07",
      { $schema: "http://json-schema.org/draft-07/schema#", $ref: "#/$defs/a", required: ["b"], $defs: { a: {} } },
      {},
    ],
    ["a format", { properties: { a: { type: "string", format: "uri" } } }, { a: "no uri" }],
    ["a pattern", { properties: { a: { type: "string", pattern: "^x$" } } }, { a: "y" }],
    ["a pattern that never ends", { properties: { a: { pattern: "^(a+)+$" } } }, { a: `${"a".repeat(50)}!` }],
    [
      "members that a pattern may cover",
      { patternProperties: { "^(a+)+$": {} }, additionalProperties: false },
      { [`${"a".repeat(50)}!`]: 1 },
    ],
    ["two branches of oneOf that fit", { oneOf: [{ required: ["a"] }, { properties: { a: { type: "number" } } }] }, { a: 1 }],
    ["not", { not: { required: ["a"] } }, { a: 1 }],
    ["a condition", { if: { required: ["a"] }, then: { required: ["b"] } }, { a: 1 }],
    ["a reference to elsewhere", { properties: { a: { $ref: "https://example.com/a.json" } } }, { a: 1 }],
    ["a reference to nothing", { properties: { a: { $ref: "#/nothing" } } }, { a: 1 }],
    ["a reference to itself", { $ref: "#" }, {}],
    ["references in a circle", { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }, {}],
    [
      "references below another name",
      { properties: { a: { $id: "https://example.com/", $ref: "#/$defs/b", $defs: { b: {} } } }, $defs: { b: { type: "null" } } },
      { a: 1 },
    ],
    [
      "keywords of other kinds",
      { type: 5, properties: [], required: "a", enum: {}, anyOf: { 0: false }, items: 1, minimum: "1" },
      { a: 1 },
    ],
    ["schemas that are none", { properties: { a: null, b: "x", c: [false] } }, { a: 1, b: 1, c: 1 }],
    ["multiples of fractions", { properties: { a: { multipleOf: 0.1 } } }, { a: 0.3 }],
  ])("%s", (_what, schema, value) => {
    expect(violationsOf(schema, value)).toEqual([]);
  });

  it("references that double at every level cost no more than the steps that there are", () => {
    expect(found(twice(8), {}).length).toBe(2 ** 7);
    expect(violationsOf(twice(60), {})).toEqual([]);
  });

  it.each([
    ["at the number of steps is judged", MAX_STEPS - 4, ["a value"]],
    ["one beyond it is not", MAX_STEPS - 3, []],
  ])("a schema %s", (_what, values, expected) => {
    const schema = { properties: { a: { enum: wide.properties.a.enum.slice(0, values) } } };
    expect(found(schema, { a: -1 })).toEqual(expected);
  });

  it.each([
    ["at the depth that is looked at is found", MAX_DEPTH, 1],
    ["one below it is not", MAX_DEPTH + 1, 0],
  ])("what is wrong %s", (_what, levels, count) => {
    const nested = (depth: number): object => (depth === 0 ? { type: "null" } : { properties: { a: nested(depth - 1) } });
    const value = (depth: number): unknown => (depth === 0 ? 1 : { a: value(depth - 1) });
    expect(violationsOf({ properties: { a: nested(levels - 1) } }, value(levels))).toHaveLength(count);
  });

  it("a value that is nested deeper than the stack is judged or let through, and does not throw", () => {
    let [value, allowed]: unknown[] = [1, 2];
    for (let depth = 0; depth < 50_000; depth += 1) [value, allowed] = [[value], [allowed]];
    expect(violationsOf({ properties: { a: { enum: [allowed] } } }, { a: value })).toEqual([]);
    expect(
      violationsOf(
        { properties: { a: { $ref: "#/$defs/l" } }, $defs: { l: { type: "array", items: { $ref: "#/$defs/l" } } } },
        { a: value },
      ),
    ).toEqual([]);
  });

  it("a frozen schema stays as it is", () => {
    const frozen = Object.freeze({ type: "object", $defs: Object.freeze({ a: true }), $ref: "#/$defs/a" });
    expect(violationsOf(frozen, {})).toEqual([]);
    expect(Object.keys(frozen)).toEqual(["type", "$defs", "$ref"]);
  });
});

/** The other one finds the members of Object.prototype in every object. */
function withoutInherited<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/__proto__|constructor/g, "other")) as T;
}

/** Without what is not judged here on purpose, and without empty lists of values, which the other one does not read. */
function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword, value]) =>
      !(typeof value === "string" && ["pattern", "format"].includes(keyword)) &&
      !(keyword === "enum" && Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, withoutPatterns(value)]));
}

/** Judges by the specification, word by word. Throws for what is no schema to it. */
function isValid(schema: JsonSchema, value: unknown): boolean {
  return new AjvJsonSchemaValidator().getValidator(schema as never)(value).valid;
}

describe("by no means is a valid value refused", () => {
  it("of a schema with a value made for it", () => {
    fc.assert(
      fc.property(schemaWithValue(), ({ schema, value }) => {
        expect(violationsOf({ properties: { value: schema } }, { value })).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it("of any schema, hostile ones included: another validator then refuses it too, or cannot read the schema", () => {
    let refused = 0;
    fc.assert(
      fc.property(hostileSchema().map(withoutInherited), fc.jsonValue({ maxDepth: 3 }).map(withoutInherited), (schema, value) => {
        if (violationsOf(schema, value).length === 0) return;
        refused += 1;
        let valid = false;
        try {
          valid = isValid(withoutPatterns(schema) as JsonSchema, value);
        } catch {
          // No schema to the other one: nothing to compare with.
        }
        expect(valid).toBe(false);
      }),
      { numRuns: 1_500 },
    );
    expect(refused).toBeGreaterThan(50);
  }, 60_000);
});

describe("the tools of published servers", () => {
  const tools = LISTINGS.flatMap(({ key, tools: list }) => list.map((tool) => ({ name: `${key}.${tool.name}`, schema: tool.inputSchema })));
  it(`agree with another validator about right and wrong arguments, in ${tools.length} tools`, () => {
    let [right, wrong] = [0, 0];
    for (const { name, schema } of tools) {
      const plain = withoutPatterns(schema) as JsonSchema;
      const other = new AjvJsonSchemaValidator().getValidator(plain as never);
      fc.assert(
        fc.property(valueFor(plain), (value) => {
          const { valid } = other(value);
          if (valid) right += 1;
          else wrong += 1;
          expect({ name, value, valid: violationsOf(schema, value).length === 0 }).toEqual({ name, value, valid });
        }),
        { numRuns: 25 },
      );
    }
    expect(right).toBeGreaterThan(2_000);
    expect(wrong).toBeGreaterThan(2_000);
  }, 60_000);
});
