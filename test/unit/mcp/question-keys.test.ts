import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QuestionKeys } from "../../../src/mcp/question-keys.ts";

const ofAll = (...wanted: (string | undefined)[]) => {
  const keys = new QuestionKeys();
  return wanted.map((one) => keys.next(one));
};

describe("the keys of questions", () => {
  it("are the upstream's, which may be our own by chance", () => {
    expect(ofAll("user_name", "step-1.a", "q1")).toEqual(["user_name", "step-1.a", "q1"]);
    expect(ofAll(undefined, "q1", undefined, "q2")).toEqual(["q1", "q1-2", "q2", "q2-2"]);
    expect(ofAll("q1", undefined, undefined)).toEqual(["q1", "q2", "q3"]);
  });

  it("never come twice", () => {
    expect(ofAll("a", "a", "a-2", "a")).toEqual(["a", "a-2", "a-2-2", "a-3"]);
  });

  it("may have 64 characters, and not one more", () => {
    expect(ofAll("k".repeat(64), "k".repeat(65))).toEqual(["k".repeat(64), "q1"]);
  });

  it.each(["", "__proto__", "constructor", "toString", "a b", "a\n", "ü", "\u202ea", "-a", "io.x/y"])("are not %j", (wanted) => {
    expect(ofAll(wanted)).toEqual(["q1"]);
  });

  it("are plain and different, whatever upstreams want", () => {
    const anyKey = fc.option(fc.oneof(fc.string(), fc.constantFrom("q1", "q2", "a", "a-2", "__proto__")), { nil: undefined });
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 30 }), (wanted) => {
        const keys = ofAll(...wanted);
        expect(new Set(keys).size).toBe(wanted.length);
        for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/);
      }),
    );
  });
});
