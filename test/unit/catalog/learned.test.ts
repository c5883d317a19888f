import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnedType, mergeShapes, shapeOf } from "../../../src/catalog/learned.ts";
import type { Shape } from "../../../src/catalog/learned.ts";
import { printType } from "../../../src/catalog/print-type.ts";
import { compile } from "./compile.ts";
import { hostileText } from "./hostile.ts";

/** The shape of all values together, learned one after the other. */
function learn(...values: readonly unknown[]): Shape {
  const shapes = values.map((value) => {
    const shape = shapeOf(value);
    if (shape === undefined) throw new Error("too large");
    return shape;
  });
  return shapes.reduce(mergeShapes);
}

const print = (shape: Shape, maxNodes = 300): string => printType(learnedType(shape, maxNodes), { remark: () => "", indent: "" });
const numbered = (count: number, make: (index: number) => unknown, name = (index: number) => `m${index}`) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), make(index)]));

describe("what is learned from results", () => {
  it.each<[string, unknown[], string]>([
    ["a text", ["x"], "string"],
    ["scalars", ["x", 1, true, null], "boolean | number | string | null"],
    ["an object, by name", [{ b: 1, a: "x" }], "{ a: string; b: number }"],
    ["a member that is not always there", [{ a: 1, b: 2 }, { a: 3 }], "{ a: number; b?: number }"],
    ["a member that came later", [{ a: 1 }, { a: 1, c: true }], "{ a: number; c?: boolean }"],
    ["null", [{ a: null }, { a: "x" }], "{ a: string | null }"],
    ["several kinds", [{ a: 1 }, { a: [1] }, "none"], "string | { a: number | number[] }"],
    ["a list of records", [[{ id: 1, t: "x" }, { id: 2 }]], "{ id: number; t?: string }[]"],
    ["a list of anything", [[1, "x"]], "(number | string)[]"],
    ["an empty list", [[]], "any[]"],
    ["an empty list, then one that is not", [[], [1]], "number[]"],
    ["an empty object", [{}], "{ [key: string]: any }"],
    ["an empty object, then one that is not", [{}, { a: 1 }], "{ a?: number }"],
    ["names that are no identifiers", [{ "a-b": 1, ünï: 2, "Due Date": 3 }], '{ "Due Date": number; "a-b": number; ünï: number }'],
    ["names of every object", [{ constructor: 1 }, {}], "{ constructor?: any }"],
    ["keys that are data", [{ "4711": { n: 1 }, "4712": { n: 2, m: 3 } }], "{ [key: string]: { m?: number; n: number } }"],
    ["keys that are data beside some that are not", [{ total: 1, "2026-11-25": "x" }], "{ total: number; [key: string]: any }"],
    [
      "five records that are alike",
      [{ al: { x: 1 }, bo: { x: 2 }, cy: { x: 3 }, di: { x: 4 }, ed: { x: 5 } }],
      "{ [key: string]: { x: number } }",
    ],
    ["five texts", [numbered(5, () => "x")], "{ m0: string; m1: string; m2: string; m3: string; m4: string }"],
    [
      "texts of which none has to be there",
      [
        numbered(3, () => "x"),
        numbered(
          3,
          () => "x",
          (i) => `n${i}`,
        ),
      ],
      "{ [key: string]: string }",
    ],
  ])("%s", (_, values, type) => {
    expect(print(learn(...values))).toBe(type);
    expect(print(learn(...values.toReversed()))).toBe(type);
  });

  it("is as deep as there is room, from the outside", () => {
    const shape = learn({ a: { b: { c: 1 } }, d: [{ e: 1 }] });
    expect(print(shape, 7)).toBe("{ a: { b: { c: number } }; d: { e: number }[] }");
    expect(print(shape, 6)).toBe("{ a: { b: any }; d: any[] }");
    expect(print(shape, 5)).toBe("{ a: { b: any }; d: any[] }");
    expect(print(shape, 4)).toBe("{ a: any; d: any }");
    expect(print(shape, 2)).toBe("any");
  });
});

describe("limits of what is learned", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

  it("six levels of objects are looked at, not seven", () => {
    expect(print(learn(nested(6)))).toBe("{ a: { a: { a: { a: { a: { a: number } } } } } }");
    expect(print(learn(nested(7)))).toBe("{ a: { a: { a: { a: { a: { a: any } } } } } }");
  });

  it("sixty names are kept, not one more", () => {
    expect(print(learn(numbered(60, (index) => (index === 0 ? "x" : 1))))).toContain("m59: number");
    expect(print(learn(numbered(61, (index) => (index === 0 ? "x" : 1))))).toBe("{ [key: string]: number | string }");
  });

  it("a hundred elements of a list are looked at, not one more", () => {
    expect(print(learn([...Array.from({ length: 99 }, () => 1), "x"]))).toBe("(number | string)[]");
    expect(print(learn([...Array.from({ length: 100 }, () => 1), "x"]))).toBe("number[]");
  });

  it("a result of 20,000 values is learned from, a larger one is not", () => {
    // One for itself, one for each list, and what is in them.
    const lists = (last: number) => numbered(200, (index) => Array.from({ length: index === 199 ? last : 99 }, () => 1));
    expect(shapeOf(lists(98))).toBeDefined();
    expect(shapeOf(lists(99))).toBeUndefined();
  });

  it("a shape of 64,000 characters is kept, a larger one is given up for good", () => {
    const [most, more] = [filled(64_000), filled(64_001)];
    expect(JSON.stringify(most)).toHaveLength(64_000);
    expect(mergeShapes(most, most)).toEqual(most);
    expect(JSON.stringify(more)).toHaveLength(64_001);
    expect(mergeShapes(more, more)).toBe("any");
    expect(mergeShapes(mergeShapes(more, more), most)).toBe("any");
  });

  /** A shape of so many characters: fifty records, the rest in the lengths of their names. */
  function filled(chars: number): Shape {
    const records = (names: readonly string[]) => learn(Object.fromEntries(names.map((name) => [name, numbered(19, () => 1)])));
    const names = Array.from({ length: 50 }, (_, index) => `r${String.fromCharCode(97 + (index % 26))}${index < 26 ? "" : "b"}`);
    let missing = chars - JSON.stringify(records(names)).length;
    const padded = names.map((name) => {
      const padding = "x".repeat(Math.min(missing, 37 - name.length));
      missing -= padding.length;
      return name + padding;
    });
    return records(padded);
  }
});

/** Small enough not to be given up, with names that are data and names that are not. */
function jsonValue(text: fc.Arbitrary<string> = fc.string({ maxLength: 4 })): fc.Arbitrary<unknown> {
  const name = fc.oneof(fc.constantFrom("a", "b", "id", "items", "constructor", "__proto__", "4711", "x@y.z"), hostileText());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      text,
      fc.array(tie("value"), { maxLength: 3 }),
      fc
        .uniqueArray(fc.tuple(name, tie("value")), { maxLength: 4, selector: ([each]) => each })
        .map((entries) => Object.fromEntries(entries)),
    ),
  }));
  // As it comes from an upstream: with own properties alone, whatever their names.
  return value.map((each) => JSON.parse(JSON.stringify(each)) as unknown);
}

describe("for any results", () => {
  it("it does not matter in which order they come, and how often", () => {
    fc.assert(
      fc.property(jsonValue(), jsonValue(), jsonValue(), (x, y, z) => {
        const [a, b, c] = [learn(x), learn(y), learn(z)];
        expect(mergeShapes(a, b)).toEqual(mergeShapes(b, a));
        expect(mergeShapes(mergeShapes(a, b), c)).toEqual(mergeShapes(a, mergeShapes(b, c)));
        expect(mergeShapes(a, a)).toEqual(a);
        expect(mergeShapes(mergeShapes(a, b), b)).toEqual(mergeShapes(a, b));
        expect(print(mergeShapes(mergeShapes(c, a), b))).toBe(print(learn(x, y, z)));
      }),
    );
  });

  it("nothing that they say is in what is kept", () => {
    const secret = fc.constantFrom("s3cr3t-value", "s3cr3t/other");
    fc.assert(
      fc.property(jsonValue(secret), jsonValue(secret), (x, y) => {
        const shape = learn(x, y);
        expect(JSON.stringify(shape)).not.toContain("s3cr3t");
        expect(print(shape)).not.toContain("s3cr3t");
      }),
    );
  });

  it("a type accepts all values that it was learned from", () => {
    const cases = fc.sample(
      fc
        .tuple(fc.array(jsonValue(), { minLength: 1, maxLength: 4 }), fc.constantFrom(300, 12))
        .map(([values, nodes]) => ({ values, nodes })),
      { numRuns: 300, seed: 7 },
    );
    const lines = cases.flatMap(({ values, nodes }, index) => [
      `declare function c${index}(value: ${print(learn(...values), nodes)}): void;`,
      ...values.map((value) => `c${index}(${JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:')});`),
    ]);
    const findings = compile({ "/values.ts": lines.join("\n") });
    expect(findings.map(({ line, message }) => `${lines[line]}: ${message}`)).toEqual([]);
  });
});
