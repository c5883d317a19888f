import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/sha256.ts";
import { shownArguments } from "../../../src/execute/shown-arguments.ts";

const MAX = 400;

describe("arguments as a person is shown them", () => {
  it("are JSON, on one line if that is short", async () => {
    expect(await shownArguments({}, MAX)).toBe("{}");
    expect(await shownArguments({ id: 7, title: "a\nb" }, MAX)).toBe('{"id":7,"title":"a\\nb"}');
    const long = { text: "x".repeat(90), list: [1, 2] };
    expect(await shownArguments(long, MAX)).toBe(JSON.stringify(long, null, 2));
  });

  it.each([
    ["zero-width", "pay\u200bpal", "pay\\u200bpal"],
    ["turned round", "exe.\u202egpj", "exe.\\u202egpj"],
    ["another space", "a\u00a0b", "a\\u00a0b"],
    ["a line separator", "a\u2028b", "a\\u2028b"],
    ["a filler", "a\u3164b", "a\\u3164b"],
    ["a tag", "a\u{e0061}b", "a\\udb40\\udc61b"],
    ["a variation", "a\ufe0fb", "a\\ufe0fb"],
    ["an empty pattern", "a\u2800b", "a\\u2800b"],
    ["half a pair", "a\ud800b", "a\\ud800b"],
    ["an escape in the text", "a\\u200bb", "a\\\\u200bb"],
  ])("show what hides: %s", async (_, value, shown) => {
    expect(await shownArguments({ v: value }, MAX)).toBe(`{"v":"${shown}"}`);
  });

  it("leave alone what people write", async () => {
    const args = { v: "Grüße, 你好, שלום 🎉 `code` **bold**" };
    expect(await shownArguments(args, MAX)).toBe(JSON.stringify(args));
  });

  it("are whole at the limit, and shortened with length and hash one beyond it", async () => {
    const args = { text: "x".repeat(200) };
    const whole = JSON.stringify(args, null, 2);
    expect(await shownArguments(args, whole.length)).toBe(whole);
    const json = JSON.stringify(args);
    expect(await shownArguments(args, whole.length - 1)).toBe(
      `{\n  "text": "${"x".repeat(100)}" … and 100 more characters\n}\n(shortened: ${json.length} characters of JSON in all, SHA-256 ${await sha256(json)})`,
    );
  });

  it("are shortened at every place that is long", async () => {
    const args = {
      list: Array.from({ length: 500 }, (_, index) => index),
      deep: { a: { b: { c: { d: { e: [1] } } } } },
      ["k".repeat(300)]: 1,
    };
    const shown = await shownArguments(args, MAX);
    expect(shown).toContain("… and 490 more");
    expect(shown).toContain("{ … 1 members }");
    expect(shown).toContain(`"${"k".repeat(100)}" … and 200 more characters: 1`);
  });

  it("cost no more than a moment, however large", async () => {
    const wide = { rows: Array.from({ length: 200_000 }, (_, index) => ({ id: index })) };
    expect((await shownArguments(wide, MAX)).length).toBeLessThan(MAX + 130);
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, "\u200b".repeat(10)]));
    expect((await shownArguments(many, 50)).length).toBeLessThan(200);
  });

  it("are another text for other arguments, and never longer than allowed", async () => {
    const args = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 4, stringUnit: "binary" })).map((value) => {
      return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
    });
    await fc.assert(
      fc.asyncProperty(args, args, fc.integer({ min: 60, max: 300 }), async (one, other, max) => {
        const [shownOne, shownOther] = [await shownArguments(one, max), await shownArguments(other, max)];
        expect(shownOne === shownOther).toBe(JSON.stringify(one) === JSON.stringify(other));
        // One line of 100 characters, all of them escaped, or the limit and the line about what is missing.
        expect(shownOne.length).toBeLessThan(Math.max(max, 1_200) + 130);
      }),
      { numRuns: 300 },
    );
  });

  it("are another text if one character far inside is another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4_999 }), async (at) => {
        const text = "y".repeat(5_000);
        const changed = `${text.slice(0, at)}z${text.slice(at + 1)}`;
        expect(await shownArguments({ text }, MAX)).not.toBe(await shownArguments({ text: changed }, MAX));
      }),
      { numRuns: 50 },
    );
  });
});
