import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOneLine, printable, readLines } from "../../../src/local/lines.ts";

/** The lines of a stream that arrives in these chunks; "TOO LONG" where reading stopped. */
async function linesOf(chunks: readonly Buffer[], maxBytes = 1_000_000): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks, { objectMode: false });
  readLines(
    stream,
    (line) => lines.push(line),
    maxBytes,
    () => lines.push("TOO LONG"),
  );
  await new Promise((resolve) => stream.once("close", resolve));
  return lines;
}

describe("readLines", () => {
  it("gives the same lines however the bytes are cut", async () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\r", "\u2028", "\u0000", '"') });
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(await linesOf(chunks)).toEqual(lines);
      }),
    );
  });

  it("gives the last line without its end, and no line for an ended one", async () => {
    expect(await linesOf([Buffer.from("a\nb")])).toEqual(["a", "b"]);
    expect(await linesOf([Buffer.from("a\n")])).toEqual(["a"]);
    expect(await linesOf([])).toEqual([]);
  });

  it("allows exactly maxBytes, and reads nothing after a longer line", async () => {
    expect(await linesOf([Buffer.from("123"), Buffer.from("4\nab\n")], 4)).toEqual(["1234", "ab"]);
    expect(await linesOf([Buffer.from("ab\n123"), Buffer.from("45\nab\n"), Buffer.from("cd\n")], 4)).toEqual(["ab", "TOO LONG"]);
  });
});

describe("asOneLine", () => {
  it("means the same JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("\n", "\r\n", "  \n"), (value, indent) => {
        const line = asOneLine(JSON.stringify(value, null, 2).replaceAll("\n", indent));
        expect(line).not.toMatch(/[\r\n]/);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("printable", () => {
  it.each([
    ["colours", "\u001b[1;31mred\u001b[0m", "red"],
    ["a tab before a bracket", "a\t[INFO] b", "a [INFO] b"],
    ["a title sequence", "\u001b]0;title\u0007text", "]0;title text"],
    ["line breaks", "a\r\nb\u2028c\u0085d", "a b c d"],
    ["the direction of writing", "a\u202eb", "a b"],
    ["more than fits", "123456", "1234…"],
  ])("makes %s harmless", (_what, text, expected) => {
    expect(printable(text, expected.endsWith("…") ? 5 : 100)).toBe(expected);
  });
});
