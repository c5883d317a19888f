import { describe, expect, it } from "vitest";
import { convert } from "./convert.ts";

const AB = { enum: ["a", "b"] };
const A = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const B = { type: "object", properties: { b: { type: "number" } } };

const cases: Record<string, [schema: unknown, type: string][]> = {
  "simple types": [
    [{ type: "string" }, "string"],
    [{ type: "integer" }, "number"],
    [{ type: "number", minimum: 0 }, "number"],
    [{ type: "boolean" }, "boolean"],
    [{ type: "null" }, "null"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ type: ["integer", "number"] }, "number"],
    [{}, "any"],
    [true, "any"],
    [false, "never"],
    [{ not: {} }, "never"],
    [{ type: "string", not: { const: "x" } }, "string"],
  ],
  "enum and const": [
    [AB, '"a" | "b"'],
    [{ type: "string", enum: ["a", 1] }, '"a"'],
    [{ type: "integer", enum: ["1"] }, '"1"'],
    [{ enum: ["x", 1, true, null, { k: [1, "y"] }] }, '"x" | 1 | true | null | { k: [1, "y"] }'],
    [{ enum: [true, false, null] }, "boolean | null"],
    [{ const: { a: null } }, "{ a: null }"],
    [{ const: -1.5 }, "-1.5"],
    [{ const: null }, "null"],
    [{ const: false }, "false"],
    [{ const: 'say "\u2028\u202e' }, '"say \\"\\u2028\\u202e"'],
    [{ enum: [] }, "any"],
    [{ enum: [1e21, -0, Infinity] }, "1e+21 | 0 | number"],
  ],
  "arrays and tuples": [
    [{ type: "array" }, "any[]"],
    [{ type: "array", items: AB }, '("a" | "b")[]'],
    [{ type: "array", items: { type: "array", items: { type: ["string", "number"] } } }, "(string | number)[][]"],
    [{ items: { type: "string" } }, "string[]"],
    [{ type: "array", prefixItems: [{ type: "string" }, AB] }, '[string?, ("a" | "b")?, ...any[]]'],
    [{ type: "array", prefixItems: [{ type: "string" }, AB], minItems: 2, items: false }, '[string, "a" | "b"]'],
    [{ type: "array", items: [{ type: "string" }], minItems: 1, additionalItems: { type: "number" } }, "[string, ...number[]]"],
    [{ type: "array", items: [{ type: "string" }], additionalItems: false }, "[string?]"],
    [{ type: "array", prefixItems: [{}, {}], minItems: 1, maxItems: 2 }, "[any, any?]"],
    [{ type: "array", items: false }, "[]"],
  ],
  objects: [
    [{ type: "object" }, "{ [key: string]: any }"],
    [{ type: "object", properties: {} }, "{ [key: string]: any }"],
    [{ type: "object", additionalProperties: false }, "{ [key: string]: never }"],
    [A, "{ a: string }"],
    [B, "{ b?: number }"],
    [{ properties: { a: A }, additionalProperties: false }, "{ a?: { a: string } }"],
    [{ ...A, additionalProperties: true }, "{ a: string; [key: string]: any }"],
    [{ ...A, additionalProperties: { type: "number" } }, "{ a: string; [key: string]: any }"],
    [{ type: "object", additionalProperties: AB }, '{ [key: string]: "a" | "b" }'],
    [{ type: "object", patternProperties: { "^x": { type: "number" } } }, "{ [key: string]: number }"],
    [
      { type: "object", patternProperties: { "^x": { type: "number" } }, additionalProperties: { type: "string" } },
      "{ [key: string]: number | string }",
    ],
    [{ type: "object", required: ["id"] }, "{ id: any; [key: string]: any }"],
    [{ ...B, allOf: [{ type: "object", required: ["b"] }] }, "{ b: number }"],
    [{ type: "object", unevaluatedProperties: { type: "string" } }, "{ [key: string]: string }"],
    [
      { type: "object", properties: { "a-b": {}, "": {}, 'q"\n': {}, delete: {}, ñ: {} } },
      '{ "a-b"?: any; ""?: any; "q\\"\\n"?: any; delete?: any; ñ?: any }',
    ],
  ],
  "nullable, which elsewhere gets a wrong type": [
    [{ type: "string", nullable: true }, "string | null"],
    [{ ...AB, nullable: true }, '"a" | "b" | null'],
    [{ ...A, nullable: true }, "{ a: string } | null"],
    [{ type: "string", nullable: "yes" }, "string"],
  ],
  combinations: [
    [{ anyOf: [{ type: "string" }, { type: "null" }, { type: "string" }] }, "string | null"],
    [{ oneOf: [A, B] }, "{ a: string } | { b?: number }"],
    [{ allOf: [A, B] }, "{ a: string; b?: number }"],
    [{ ...A, allOf: [{ required: ["b"] }, B] }, "{ a: string; b: number }"],
    [{ type: "string", anyOf: [{ const: "a" }, { const: "b" }] }, '"a" | "b"'],
    [{ type: "string", anyOf: [{ format: "uri" }, { pattern: "^x" }] }, "string"],
    [{ type: ["object", "null"], anyOf: [{ properties: { a: {} } }] }, "{ a?: any } | null"],
    [{ allOf: [{ enum: ["a", "b"] }, { enum: ["b", "c"] }] }, '"b"'],
    [{ allOf: [{ type: "string" }, { type: "number" }] }, "any"],
    [{ anyOf: [true, { type: "string" }] }, "any"],
    [{ anyOf: [false, { type: "string" }] }, "string"],
    [
      {
        type: "object",
        properties: { kind: { type: "string" } },
        oneOf: [{ properties: { kind: { const: "x" }, n: { type: "number" } } }, { required: ["z"] }],
      },
      '{ kind?: "x"; n?: number } | { kind?: string }',
    ],
    [
      {
        type: "object",
        properties: Object.fromEntries([..."abcdefghijkl"].map((name) => [name, { type: "string" }])),
        anyOf: [A, { ...B, additionalProperties: false }, { type: "object", properties: { c: { type: "string" } } }],
      },
      "{ a?: string; b?: string; c?: string; d?: string; e?: string; f?: string; g?: string; h?: string; i?: string; j?: string; k?: string; l?: string }" +
        " & ({ a: string } | { b?: number } | { c?: string })",
    ],
    [
      {
        ...A,
        if: { properties: { a: { const: "x" } } },
        then: { properties: { t: { type: "string" } } },
        else: { properties: { e: { type: "number" } } },
      },
      "{ a: string; t?: string; e?: number }",
    ],
    [{ ...A, additionalProperties: true, then: B }, "{ a: string; b?: any; [key: string]: any }"],
    [{ ...A, allOf: [{ if: { required: ["a"] }, then: B }] }, "{ a: string; b?: number }"],
    [{ type: "object", then: B }, "{ b?: any; [key: string]: any }"],
    [{ ...A, dependentSchemas: { a: { properties: { d: { type: "string" } }, required: ["d"] } } }, "{ a: string; d?: string }"],
  ],
  "anyOf of bare required, which elsewhere gets a wrong type": [
    [{ ...A, anyOf: [{ required: ["a"] }, { required: ["b"] }] }, "{ a: string }"],
    [{ ...B, oneOf: [{ type: "object", required: ["b"], title: "by b" }, { required: ["c"] }] }, "{ b?: number }"],
  ],
  "broken keywords": [
    [{ type: "object", properties: [], required: "a" }, "{ [key: string]: any }"],
    [{ properties: [], required: "a" }, "any"],
    [{ type: 5 }, "any"],
    [{ type: "file" }, "any"],
    [{ type: ["string", "file"] }, "any"],
    [{ enum: {} }, "any"],
    [{ anyOf: {}, allOf: "x", oneOf: [] }, "any"],
    [{ type: "array", prefixItems: {}, items: "x", minItems: "2" }, "any[]"],
    [{ type: "object", properties: { a: null, b: 5, c: [] }, additionalProperties: "no" }, "{ a?: any; b?: any; c?: any }"],
    [{ type: "object", properties: { a: {} }, required: [1, null, ["a"]] }, "{ a?: any }"],
    [null, "any"],
    [[], "any"],
    ["x", "any"],
  ],
};

describe("convertSchema", () => {
  for (const [group, table] of Object.entries(cases)) {
    it.each(table)(`${group}: %j -> %s`, (schema, type) => {
      expect(convert(schema)).toEqual({ type, named: {} });
    });
  }

  it("reads own properties only", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"number"}},"required":["__proto__","toString"]}',
    );
    expect(convert(schema).type).toBe("{ __proto__: string; constructor?: any; toString: any }");
    expect(convert(JSON.parse('{"__proto__":{"type":"string"}}')).type).toBe("any");
    expect(convert({ $ref: "#/constructor" }).type).toBe("any");
    expect(convert({ $ref: "#/__proto__/toString" }).type).toBe("any");
  });
});

describe("references", () => {
  const $defs = {
    s: { type: "string" },
    "a/b~c d": { type: "number" },
    anchored: { $anchor: "here", type: "boolean" },
    id: { $id: "item", ...A },
  };

  it.each([
    ["#/$defs/s", "string"],
    ["#/$defs/a~1b~0c%20d", "number"],
    ["#here", "boolean"],
    ["item", "{ a: string }"],
    ["item#/properties/a", "string"],
    ["#/properties/list/items", "number"],
    ["#/properties/v", "any"],
    ["#/$defs/nowhere", "any"],
    ["#/$defs/s/type", "any"],
    ["#/%", "any"],
    ["#nowhere", "any"],
    ["https://example.com/schema.json", "any"],
    ["file:///etc/passwd", "any"],
    ["", "any"],
  ])("%s -> %s", (reference, type) => {
    const schema = { properties: { list: { items: { type: "number" } }, v: { $ref: reference } }, $defs };
    const { type: whole, named } = convert(schema);
    if (reference === "" || reference === "#/properties/v") expect({ ...named }).not.toEqual({});
    else expect(whole).toBe(`{ list?: number[]; v?: ${type} }`);
  });

  it("reads definitions, siblings and a reference to the document by its own $id", () => {
    expect(convert({ $ref: "#/definitions/A", definitions: { A }, properties: { b: B } }).type).toBe("{ a: string; b?: { b?: number } }");
    const schema = { $id: "https://example.com/s.json", properties: { x: { $ref: "https://example.com/s.json#/$defs/s" } }, $defs };
    expect(convert(schema).type).toBe("{ x?: string }");
    expect(convert({ $ref: "#/definitions/S", definitions: { S: { $id: "#S", type: "string" } } }).type).toBe("string");
  });

  it("names recursive types, which elsewhere become loose", () => {
    const node = {
      type: "object",
      properties: { value: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
    };
    expect(
      convert({ type: "object", properties: { tree: { $ref: "#/$defs/node" }, other: { $ref: "#/$defs/node" } }, $defs: { node } }),
    ).toEqual({
      type: "{ tree?: node; other?: node }",
      named: { node: "{ value?: string; children?: node[] }" },
    });
    expect(convert({ type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } } })).toEqual({
      type: "Root",
      named: { Root: "{ next?: Root | null }" },
    });
    const mutual = { a: { properties: { b: { $ref: "#/$defs/b" } } }, b: { properties: { a: { $ref: "#/$defs/a" } } } };
    expect(convert({ $ref: "#/$defs/a", $defs: mutual })).toEqual({ type: "a", named: { a: "{ b?: { a?: a } }" } });
  });

  it("ends circles that mean nothing", () => {
    expect(convert({ $ref: "#" })).toEqual({ type: "Root", named: { Root: "any" } });
    expect(convert({ anyOf: [{ $ref: "#" }, { type: "string" }] })).toEqual({ type: "Root", named: { Root: "any" } });
    const $defs = { a: { allOf: [{ $ref: "#/$defs/b" }] }, b: { anyOf: [{ $ref: "#/$defs/a" }, { type: "null" }] } };
    expect(convert({ $ref: "#/$defs/a", $defs }).named).toEqual({ a: "any" });
  });

  it("keeps the circles through lists that TypeScript takes, and no others", () => {
    const list = (items: object): object => ({ anyOf: [{ type: "array", ...items }, { type: "string" }] });
    const self = { $ref: "#" };
    const inner = { type: "array", prefixItems: [self], minItems: 1, items: false };
    expect(convert(list({ items: self })).named).toEqual({ Root: "Root[] | string" });
    expect(convert(list({ prefixItems: [self, { type: "null" }], minItems: 2, items: self })).named).toEqual({
      Root: "[Root, null, ...Root[]] | string",
    });
    expect(convert(list({ prefixItems: [inner], minItems: 1, items: false })).named).toEqual({ Root: "[[Root]] | string" });
    expect(convert(list({ prefixItems: [inner], items: false })).named).toEqual({ Root: "any" });
    expect(convert(list({ prefixItems: [{}], items: inner })).named).toEqual({ Root: "any" });
  });
});

describe("bounds", () => {
  const nest = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
    let schema: unknown = { type: "string" };
    for (let level = 0; level < levels; level += 1) schema = wrap(schema);
    return schema;
  };

  it.each<[string, (inner: unknown) => unknown]>([
    ["properties", (inner) => ({ type: "object", properties: { a: inner } })],
    ["items", (inner) => ({ type: "array", items: inner })],
    ["allOf", (inner) => ({ allOf: [inner] })],
    ["anyOf", (inner) => ({ anyOf: [inner, { type: "null" }] })],
    ["then", (inner) => ({ type: "object", properties: { a: {} }, then: inner })],
    ["additionalProperties", (inner) => ({ additionalProperties: inner })],
    ["const", (inner) => ({ const: [inner] })],
    ["$defs", (inner) => ({ $ref: "#anchor", $defs: { inner } })],
  ])("10,000 levels of %s stay short", (_, wrap) => {
    expect(convert(nest(10_000, wrap)).type.length).toBeLessThan(1_000);
  });

  it("a chain of 10,000 references ends", () => {
    const $defs = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`d${index}`, { $ref: `#/$defs/d${index + 1}` }]));
    expect(convert({ $ref: "#/$defs/d0", $defs }).type).toBe("any");
  });

  it("references that double at every level end within the budget", () => {
    const level = (index: number): unknown => ({
      properties: { x: { $ref: `#/$defs/d${index + 1}` }, y: { $ref: `#/$defs/d${index + 1}` } },
    });
    const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`d${index}`, level(index)]));
    expect(convert({ $ref: "#/$defs/d0", $defs }).type.length).toBeLessThan(2_000_000);
  });

  it("a long text that is referred to ten thousand times is not repeated ten thousand times", () => {
    const wide = { description: "x".repeat(100_000), enum: Array.from({ length: 1_000 }, (_, index) => `value ${index}`) };
    const properties = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, { $ref: "#/$defs/wide" }]));
    const { type } = convert({ type: "object", properties, $defs: { wide } });
    expect(type.length).toBeLessThan(2_000_000);
    expect(type).toContain("[key: string]: any");
  });

  it("unions that multiply do not", () => {
    const objects = (prefix: string): unknown => ({
      anyOf: Array.from({ length: 60 }, (_, index) => ({ properties: { [`${prefix}${index}`]: {} } })),
    });
    expect(convert({ allOf: ["a", "b", "c", "d"].map(objects) }).type.length).toBeLessThan(10_000);
    const nested = nest(20, (inner) => ({
      properties: { p: inner, q: {} },
      anyOf: [{ properties: { r: {} } }, { properties: { s: {} } }],
    }));
    expect(convert(nested).type.length).toBeLessThan(10_000);
  });
});
