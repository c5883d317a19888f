import fc from "fast-check";
import { describe, expect, it } from "vitest";
// @ts-expect-error -- sandbox code is plain JavaScript; the ambient module is its text in the Worker
import { clip, shorten, shortenAll } from "../../../src/sandbox/shorten.sandbox.js";

const shortened = (value: unknown, room: number): string => (shorten as (value: unknown, room: number) => string)(value, room);
const parsed = (value: unknown, room: number): unknown => JSON.parse(shortened(value, room));
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const NOTE = /^(?:… )?([\d,]+) (?:more )?(?:items?|members?)$/;
const isNote = (value: unknown): value is string => typeof value === "string" && NOTE.test(value);
const numberIn = (note: unknown): number => (isNote(note) ? Number((NOTE.exec(note)?.[1] ?? "").replaceAll(",", "")) : Number.NaN);

/** What is wrong with `short` as a shortened `whole`: nothing is made up, and what is missing is counted. Markers of the original are none. */
function wrong(whole: unknown, short: unknown, path = "$"): string[] {
  if (typeof whole === "string") {
    if (short === whole) return [];
    const [, head = "", left = "", tail = ""] = /^([\s\S]*)… \[([\d,]+) characters left out\] …([\s\S]*)$/.exec(String(short)) ?? [];
    const right =
      whole.startsWith(head) && whole.endsWith(tail) && head.length + tail.length + Number(left.replaceAll(",", "")) === whole.length;
    return right ? [] : [`${path}: ${JSON.stringify(short)} is no shortened ${JSON.stringify(whole)}`];
  }
  if (typeof whole !== "object" || whole === null) return Object.is(whole, short) ? [] : [`${path}: ${JSON.stringify(short)}`];
  if (typeof short !== "object" || short === null || Array.isArray(whole) !== Array.isArray(short)) return [`${path}: another kind`];
  const of = Object.entries(whole);
  const kept = Object.entries(short);
  const note = kept.length > 0 && (kept.length < of.length || isNote(kept.at(-1)?.[1])) ? kept.at(-1) : undefined;
  const same = JSON.stringify(note) === JSON.stringify(of.at(-1)) && kept.length === of.length;
  if (note !== undefined && !same) kept.pop();
  const omitted = note === undefined || same ? 0 : numberIn(note[1]);
  if (kept.length + omitted !== of.length) return [`${path}: ${kept.length} kept and ${omitted} left out of ${of.length}`];
  return kept.flatMap(([key, value], index) =>
    of[index]?.[0] === key ? wrong(of[index]?.[1], value, `${path}.${key}`) : [`${path}.${key}: moved`],
  );
}

describe("a value that does not fit", () => {
  it.each([
    ["a list keeps its first items whole and counts the others", range(5_000), 60, [...range(15), "… 4,985 more items"]],
    [
      "one item left out is one item",
      ["a".repeat(30), "b".repeat(30), "c".repeat(30)],
      92,
      ["a".repeat(30), "b".repeat(30), "… 1 more item"],
    ],
    ["a list without room for any item is a count", [range(9_000)], 48, ["… 1 item"]],
    [
      "members keep their names and what fits of their values",
      { id: 7, body: "x".repeat(1_000), tail: "end" },
      100,
      { id: 7, body: `${"x".repeat(28)}… [962 characters left out] …${"x".repeat(10)}`, tail: "end" },
    ],
    [
      "a member that is called as the note is kept",
      { "…": 1, long: range(100), longer: range(100) },
      70,
      { "…": 1, "… 2": "2 more members" },
    ],
  ])("%s", (_what, whole, room, expected) => {
    expect(parsed(whole, room)).toEqual(expected);
    expect(shortened(whole, room).length).toBeLessThanOrEqual(room);
  });

  it("large items share the room", () => {
    const short = parsed([["x".repeat(10_000)], ["y".repeat(10_000)]], 2_000) as string[][];
    expect(short.map(([text = ""]) => text.length)).toEqual([993, 994]);
  });

  it("a text that is JSON stays JSON", () => {
    expect(parsed(JSON.stringify(range(5_000), null, 2), 60)).toEqual([...range(15), "… 4,985 more items"]);
  });

  it("a text that is JSON with digits that parsing would lose stays the text", () => {
    const text = `[12345678901234567890,${range(100).join(",")}]`;
    expect(shortened(text, 100)).toMatch(/^\[12345678901234567890,[\d,]+\n… \[\d+ of \d+ characters left out\] …\n[\d,]+\]$/);
  });

  it("pairs of surrogates stay together", () => {
    const short = parsed(["🦊".repeat(500)], 101) as string[];
    expect(short[0]?.isWellFormed()).toBe(true);
  });

  it("is valid JSON within the room whatever it is, with nothing made up and every omission counted", () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "medium", noUnicodeString: false }), fc.integer({ min: 48, max: 400 }), (value, room) => {
        fc.pre(typeof value !== "string");
        const text = shortened(value, room);
        expect(text.length).toBeLessThanOrEqual(room);
        expect(wrong(JSON.parse(JSON.stringify(value)), JSON.parse(text))).toEqual([]);
        if (JSON.stringify(value).length <= room) expect(text).toBe(JSON.stringify(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it("of deep and wide values, too", () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        fc.string({ maxLength: 300, unit: "binary" }),
        fc.integer(),
        fc.array(tie("tree"), { maxLength: 40 }),
        fc.dictionary(fc.string({ maxLength: 20 }), tie("tree"), { maxKeys: 20, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.integer({ min: 48, max: 3_000 }), (value, room) => {
        fc.pre(typeof value !== "string");
        const text = shortened(value, room);
        expect(text.length).toBeLessThanOrEqual(room);
        expect(wrong(JSON.parse(JSON.stringify(value)), JSON.parse(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("costs no more than its room, however large it is", () => {
    const rows = range(200_000).map((id) => ({ id, text: "some text of a row" }));
    let reads = 0;
    const counted = rows.map((row) => new Proxy(row, { get: (target, key) => ((reads += 1), Reflect.get(target, key)) as unknown }));
    expect(shortened(counted, 4_000).length).toBeLessThanOrEqual(4_000);
    expect(reads).toBeLessThan(2_000);
  });
});

describe("clipping", () => {
  it("leaves a text at the limit alone", () => {
    expect(clip("x".repeat(200), 200)).toBe("x".repeat(200));
  });

  it("one beyond keeps head and tail within the limit and says how much is missing", () => {
    const clipped = clip(`${"a".repeat(200)}${"z".repeat(101)}`, 300);
    expect(clipped.length).toBeLessThanOrEqual(300);
    expect(clipped).toMatch(/^a+\n… \[(\d+) of 301 characters left out\] …\nz+$/);
  });

  it("counts what is missing exactly", () => {
    const clipped: string = clip("x".repeat(1_000), 400);
    const [, left] = /\[(\d+) of/.exec(clipped) ?? [];
    const kept = clipped.replace(/\n….*…\n/, "").length;
    expect(kept + Number(left)).toBe(1_000);
  });

  it("never exceeds its room", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), fc.nat(200), (text, room) => (clip(text, room) as string).length <= room));
  });
});

describe("several texts", () => {
  it("share the room, and short ones stay whole", () => {
    const texts: string[] = shortenAll(["short", "x".repeat(1_000), "y".repeat(1_000)], 405);
    expect(texts[0]).toBe("short");
    expect(texts[1]).toHaveLength(199);
    expect(texts[2]).toHaveLength(199);
  });
});
