import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaWithValue } from "./schema-with-value.ts";
import { literal, verdictsOf } from "./verdicts.ts";

interface Case {
  readonly schema: unknown;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

/** What TypeScript refuses of both kinds of value, as `index: value`. */
function refused(cases: readonly Case[]): { good: string[]; bad: string[]; declarations: readonly string[] } {
  const { accepted, broken } = verdictsOf(cases.map(({ schema, good, bad }) => ({ schema, values: [...good, ...bad] })));
  const of = (kind: "good" | "bad") =>
    cases.flatMap((each, index) => {
      const start = kind === "good" ? 0 : each.good.length;
      return each[kind].filter((_, place) => accepted[index]?.[start + place] === false).map((value) => `${index}: ${literal(value)}`);
    });
  return { good: of("good"), bad: of("bad"), declarations: broken };
}

const person = { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, required: ["name"] };
const node = {
  type: "object",
  properties: { v: { type: "number" }, kids: { type: "array", items: { $ref: "#/$defs/node" } } },
  required: ["v"],
};
const shape = (kind: string, rest: object): object => ({
  type: "object",
  properties: { kind: { const: kind }, ...rest },
  required: ["kind"],
});

const table: Case[] = [
  { schema: { type: "string" }, good: ["", "x"], bad: [1, null, {}] },
  { schema: { type: "integer" }, good: [1], bad: ["1"] },
  { schema: { type: ["string", "null"] }, good: ["x", null], bad: [1] },
  { schema: { type: "string", nullable: true }, good: ["x", null], bad: [1] },
  { schema: { enum: ["a", 1, null, true] }, good: ["a", 1, null, true], bad: ["b", 2, false] },
  { schema: { const: { a: [1, "x"] } }, good: [{ a: [1, "x"] }], bad: [{ a: [1] }, { a: [1, "y"] }, {}] },
  { schema: { type: "array", items: { enum: ["a", "b"] } }, good: [[], ["a", "b", "a"]], bad: ["a", ["c"], "b"] },
  { schema: { type: "array", items: { type: ["string", "number"] } }, good: [["a", 1]], bad: ["a", [true]] },
  { schema: { type: "array" }, good: [[], [1, "x", null]], bad: [{}, "x"] },
  {
    schema: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] },
    good: [[], ["a"], ["a", 1], ["a", 1, true]],
    bad: [[1], ["a", "b"]],
  },
  {
    schema: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
    good: [["a", 1]],
    bad: [[], ["a"], ["a", 1, 2]],
  },
  {
    schema: { type: "array", items: [{ type: "string" }], additionalItems: { type: "number" } },
    good: [[], ["a", 1, 2]],
    bad: [["a", "b"]],
  },
  { schema: person, good: [{ name: "x" }, { name: "x", age: 1 }], bad: [{}, { name: 1 }, { name: "x", agee: 1 }, null] },
  { schema: { ...person, additionalProperties: true }, good: [{ name: "x", other: [1] }], bad: [{ other: 1 }] },
  { schema: { ...person, additionalProperties: { type: "boolean" } }, good: [{ name: "x", age: 1, flag: true }], bad: [{ flag: true }] },
  { schema: { type: "object", additionalProperties: { type: "number" } }, good: [{}, { a: 1 }], bad: [{ a: "x" }] },
  { schema: { type: "object" }, good: [{}, { a: 1, b: [] }], bad: ["x", 1] },
  { schema: { type: "object", additionalProperties: false }, good: [{}], bad: [{ a: 1 }, "x"] },
  {
    schema: { type: "object", patternProperties: { "^x-": { type: "string" } }, additionalProperties: false },
    good: [{}, { "x-a": "v" }],
    bad: [{ "x-a": 1 }],
  },
  {
    schema: { type: "object", required: ["id"], properties: { n: { type: "number" } } },
    good: [{ id: 1 }, { id: {}, n: 2 }],
    bad: [{ n: 1 }],
  },
  { schema: { properties: { a: { type: "string" } } }, good: [{}, { a: "x" }], bad: [{ a: 1 }] },
  { schema: { anyOf: [{ type: "string" }, person] }, good: ["x", { name: "x" }], bad: [1, {}, { name: 2 }] },
  {
    schema: { ...person, anyOf: [{ required: ["age"] }, { required: ["name"] }] },
    good: [{ name: "x", age: 1 }, { name: "x" }],
    bad: [{ name: 1 }],
  },
  {
    schema: { allOf: [person, { type: "object", properties: { b: { type: "boolean" } }, required: ["b"] }] },
    good: [{ name: "x", b: true }],
    bad: [{ name: "x" }, { b: true }],
  },
  {
    schema: { oneOf: [shape("circle", { r: { type: "number" } }), shape("square", { side: { type: "number" } })] },
    good: [{ kind: "circle", r: 1 }, { kind: "square", side: 2 }, { kind: "square" }],
    bad: [{ kind: "circle", side: 1 }, { kind: "oval" }, {}],
  },
  {
    schema: {
      ...person,
      oneOf: [
        { properties: { x: { type: "string" } }, required: ["x"] },
        { properties: { y: { type: "string" } }, required: ["y"] },
      ],
    },
    good: [
      { name: "n", x: "1" },
      { name: "n", y: "1" },
    ],
    bad: [{ name: "n" }, { x: "1" }, { name: "n", x: 1 }],
  },
  {
    schema: { ...person, anyOf: [{}, { properties: { extra: { type: "string" } } }] },
    good: [{ name: "n" }, { name: "n", extra: "x" }],
    bad: [{ extra: "x" }],
  },
  {
    schema: {
      ...person,
      if: { properties: { age: { const: 1 } } },
      then: { properties: { toy: { type: "string" } } },
      else: { properties: { job: { type: "string" } } },
    },
    good: [
      { name: "n", toy: "t" },
      { name: "n", job: "j" },
    ],
    bad: [
      { name: "n", toy: 1 },
      { name: "n", car: "c" },
    ],
  },
  { schema: { type: "string", oneOf: [{ const: "a", title: "A" }, { const: "b" }] }, good: ["a", "b"], bad: ["c", 1] },
  {
    schema: { type: ["object", "null"], anyOf: [{ properties: { a: { type: "string" } } }] },
    good: [null, { a: "x" }],
    bad: [{ a: 1 }, "x"],
  },
  {
    schema: { $ref: "#/$defs/node", $defs: { node } },
    good: [{ v: 1 }, { v: 1, kids: [{ v: 2, kids: [] }] }],
    bad: [{}, { v: 1, kids: [{}] }, { v: 1, kids: [{ v: 1, kids: [{ v: "x" }] }] }],
  },
  {
    schema: { type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } } },
    good: [{}, { next: null }, { next: { next: {} } }],
    bad: [{ next: 1 }, { next: { next: 1 } }],
  },
  { schema: { $ref: "https://example.com/other.json" }, good: [1, "x", {}, null], bad: [] },
  { schema: { type: "object", properties: { a: false, b: {} } }, good: [{ b: 1 }, {}], bad: [{ a: 1 }] },
  { schema: { enum: [[1, 2], { a: 1 }] }, good: [[1, 2], { a: 1 }], bad: [[2, 1], { a: 2 }] },
  {
    schema: { type: "object", properties: { "a-b": { type: "string" }, delete: { type: "number" }, 'q"': {} } },
    good: [{ "a-b": "x", delete: 1, 'q"': 0 }],
    bad: [{ "a-b": 1 }, { delete: "x" }],
  },
  { schema: { allOf: [{ type: "array", items: { type: "string" } }, { minItems: 1 }] }, good: [["a"]], bad: [[1], "a"] },
  {
    schema: { type: "array", items: { type: "object", properties: { a: { enum: ["x"] } }, required: ["a"] } },
    good: [[{ a: "x" }]],
    bad: [[{ a: "y" }], [{}]],
  },
];

describe("a type against the values of its schema", () => {
  const result = refused(table);

  it(`accepts what is valid, in ${table.length} cases`, () => {
    expect(table.length).toBeGreaterThanOrEqual(30);
    expect(result.declarations).toEqual([]);
    expect(result.good).toEqual([]);
  });

  it("refuses what is not", () => {
    expect(result.bad).toEqual(table.flatMap(({ bad }, index) => bad.map((value) => `${index}: ${literal(value)}`)));
  });

  it("accepts every valid value of any schema", () => {
    fc.assert(
      fc.property(fc.array(schemaWithValue(), { minLength: 60, maxLength: 120 }), (pairs) => {
        const { good, declarations } = refused(pairs.map(({ schema, value }) => ({ schema, good: [value], bad: [] })));
        expect(declarations).toEqual([]);
        expect(good).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
