import fc from "fast-check";
import { describe, expect, it } from "vitest";
// @ts-expect-error -- sandbox code is plain JavaScript; the ambient module is its text in the Worker
import { show, showThrown } from "../../../src/sandbox/show.sandbox.js";

class Point {
  x = 1;
}
class Hidden {
  #secret = 1;
  get secret() {
    return this.#secret;
  }
}
const cyclic: Record<string, unknown> = { name: "a" };
cyclic["self"] = { deep: cyclic };
const throwing = {
  get bad() {
    throw new Error("no");
  },
};
const throwingItsLike = (): object => ({
  get bad(): never {
    // oxlint-disable-next-line typescript/only-throw-error
    throw throwingItsLike();
  },
});
const hostileProxy = new Proxy(
  {},
  {
    ownKeys() {
      throw new TypeError("trap");
    },
  },
);
const twice = { shared: 1 };

describe("a value as the caller reads it", () => {
  it.each([
    ["a string as it is", 'a "b"', 'a "b"'],
    ["the empty string", "", ""],
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a number", 1.5, "1.5"],
    ["NaN", Number.NaN, '"NaN"'],
    ["an infinity inside", [Infinity], '["Infinity"]'],
    ["a BigInt", 10n, '"10n"'],
    ["a BigInt inside", { id: 12345678901234567890n }, '{"id":"12345678901234567890n"}'],
    ["a symbol", Symbol("s"), '"Symbol(s)"'],
    ["a function", function named() {}, '"[Function: named]"'],
    ["functions inside are named, not dropped", { f: () => 1 }, '{"f":"[Function: f]"}'],
    ["undefined members are absent, as in JSON", { a: undefined, b: 1 }, '{"b":1}'],
    ["undefined items are null, as in JSON", [undefined], "[null]"],
    ["a Map", new Map([["a", new Map()]]), '{"[Map]":[["a",{"[Map]":[]}]]}'],
    ["a Set", new Set([1, "a"]), '{"[Set]":[1,"a"]}'],
    ["a Date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["an invalid Date", new Date(Number.NaN), '"Invalid Date"'],
    ["a class instance", new Point(), '{"x":1}'],
    ["an instance with nothing to see", new Hidden(), '"[Hidden]"'],
    ["a RegExp", /a/g, '"/a/g"'],
    ["a URL", new URL("http://a/"), '"http://a/"'],
    ["an Error", new TypeError("no"), '{"name":"TypeError","message":"no"}'],
    ["a forgotten await", Promise.resolve(1), '"[Promise: add await]"'],
    ["bytes", new Uint8Array([1, 2]), '{"[Uint8Array]":[1,2]}'],
    ["a buffer", new ArrayBuffer(3), '"[ArrayBuffer: 3 bytes]"'],
    ["a cycle", cyclic, '{"name":"a","self":{"deep":"[Circular: $]"}}'],
    ["the same object twice is no cycle", [twice, twice], '[{"shared":1},{"shared":1}]'],
    ["a getter that throws", throwing, '{"bad":"[cannot be read: Error: no]"}'],
    ["a getter that throws another of its kind", throwingItsLike(), '{"bad":"[cannot be read: an object]"}'],
    ["a Proxy that throws", [hostileProxy], '["[cannot be read: TypeError: trap]"]'],
    ["toJSON is honoured", { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
    ["an own __proto__ member", JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    ["a boxed string", Object("a"), '"a"'],
    ["a block in one line", { image: { type: "image", data: "aGk=", mimeType: "image/png" } }, '{"image":"[image: image/png, 3 bytes]"}'],
    [
      "a block with more in it keeps that",
      [{ type: "audio", data: "aGk=", mimeType: "audio/wav", takenAt: 5 }],
      '[{"block":"[audio: audio/wav, 3 bytes]","takenAt":5}]',
    ],
    [
      "what only looks like a block is no block",
      [{ type: "image", data: 1, mimeType: "image/png" }],
      '[{"type":"image","data":1,"mimeType":"image/png"}]',
    ],
  ])("%s", (_name, value, expected) => {
    expect(show(value)).toBe(expected);
  });

  it("a very deep value does not overflow", () => {
    let deep: unknown[] = [];
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(show(deep)).toContain("[more than 100 levels deep]");
  });

  it("agrees with JSON.stringify on everything that JSON can carry", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        if (typeof value !== "string") expect(show(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withDate: true }),
        (value) => {
          expect(typeof show(value)).toBe("string");
        },
      ),
    );
  });
});

describe("what was thrown", () => {
  it.each([
    ["a string", "x", "a string", "x"],
    ["the empty string", "", "a string", ""],
    ["an object", {}, "an object", "{}"],
    ["an array", [1], "an array", "[1]"],
    ["null", null, "null", "null"],
    ["undefined", undefined, "undefined", "undefined"],
    ["a number", 1, "a number", "1"],
    ["an Error without a message", new RangeError(), "RangeError", ""],
  ])("%s", (_what, thrown, name, message) => {
    expect(showThrown(thrown, 1_000)).toMatchObject({ name, message });
  });

  it("keeps causes and the members of an AggregateError", () => {
    const error = new AggregateError([new TypeError("one"), "two"], "all", { cause: new Error("why") });
    expect(showThrown(error, 1_000).causes.map(({ text }: { text: string }) => text)).toEqual(["Error: why", "TypeError: one", "two"]);
  });

  it("survives an error whose properties throw", () => {
    const error = new Error("x");
    Object.defineProperty(error, "message", {
      get() {
        throw new Error("gotcha");
      },
    });
    expect(showThrown(error, 1_000)).toMatchObject({ name: "Error", message: "" });
  });
});
