import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromWire, toWire } from "../../../src/sandbox/wire.ts";

/** As capnweb writes it: bytes as base64. */
function written(value: unknown): number {
  const text = JSON.stringify(value, (_name, inner: unknown) =>
    inner instanceof Uint8Array ? ["bytes", Buffer.from(inner).toString("base64")] : inner,
  );
  return Buffer.byteLength(text);
}

/** Long texts of few characters, and of some that JSON escapes. */
const longText = fc
  .tuple(
    fc.string({ unit: fc.constantFrom("a", '"', "\\", "\0", "\n", "é", "漢", "🦊", "\u2028"), minLength: 1, maxLength: 8 }),
    fc.nat(3_000),
  )
  .map(([part, times]) => part.repeat(times));

describe("texts on the wire", () => {
  it("arrive as they were", () => {
    const data = fc.record({
      kind: fc.constant("returned"),
      text: longText,
      blocks: fc.array(fc.record({ head: longText, body: longText })),
      n: fc.nat(),
    });
    fc.assert(
      fc.property(data, (value) => {
        expect(fromWire(toWire(value))).toEqual(value);
      }),
    );
  });

  it("take at most four thirds of their bytes there, if they are long", () => {
    fc.assert(
      fc.property(longText, (text) => {
        const bytes = Buffer.byteLength(text);
        expect(written(toWire(text))).toBeLessThanOrEqual(Math.max(6_100, (bytes * 4) / 3 + 20));
      }),
    );
  });

  it.each([
    ["quotation marks", '"'.repeat(10_000), true],
    ["control characters", "\0".repeat(10_000), true],
    ["JSON", JSON.stringify(Array.from({ length: 2_000 }, (_, id) => ({ id, name: "a name" }))), false],
    ["ideographs", "漢".repeat(10_000), false],
    ["a short text", '"'.repeat(1_000), false],
  ])("are bytes only if that is less: %s", (_what, text, asBytes) => {
    expect(toWire(text) instanceof Uint8Array).toBe(asBytes);
  });

  it("leave everything else alone", () => {
    for (const value of [undefined, null, 1, true, [], {}, [undefined, null], { a: { b: [1] } }])
      expect(fromWire(toWire(value))).toEqual(value);
  });
});
