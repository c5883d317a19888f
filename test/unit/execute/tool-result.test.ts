import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureText, parseExactly, valueOfResult } from "../../../src/execute/tool-result.ts";

const text = (value: string) => ({ type: "text" as const, text: value });
const image = { type: "image" as const, data: "aGk=", mimeType: "image/png" };

describe("what a successful call is worth inside the program", () => {
  it.each([
    ["structuredContent wins over the text", { content: [text("{}")], structuredContent: { a: 1 } }, { a: 1 }],
    ["an array as structuredContent", { content: [], structuredContent: [1] as unknown as Record<string, unknown> }, [1]],
    ["one text that is a JSON object", { content: [text('{"a":1}')] }, { a: 1 }],
    ["one text that is a JSON array, with space around", { content: [text(" [1, 2]\n")] }, [1, 2]],
    ["a text that is a JSON string stays a text", { content: [text('"a"')] }, '"a"'],
    ["a text that is a number stays a text", { content: [text("12345678901234567890")] }, "12345678901234567890"],
    ["a text that is true stays a text", { content: [text("true")] }, "true"],
    ["a text that only begins like JSON", { content: [text("{not json")] }, "{not json"],
    ["several texts stay blocks", { content: [text("a"), text("b")] }, [text("a"), text("b")]],
    ["an image stays a block", { content: [image] }, [image]],
    ["nothing at all", { content: [] }, []],
  ])("%s", (_name, result, expected) => {
    expect(valueOfResult(result)).toEqual(expected);
  });
});

describe("a JSON text is parsed only if nothing is lost", () => {
  it.each([
    "[12345678901234567890]",
    '{"id":9007199254740993}',
    "[0.1234567890123456789]",
    "[1e400]",
    '{"a":1,"a":2}',
    '{"x":{"a":1,"b":2,"a":3}}',
    "[1e-400]",
  ])("%s stays a text", (json) => {
    expect(parseExactly(json)).toBeUndefined();
  });

  it.each([
    "[1.0]",
    "[1.50e3]",
    "[0.1]",
    "[-0]",
    "[100000000000000000000]",
    '["12345678901234567890"]',
    '{"a:b":"{\\"c\\": 1}"}',
    "[]",
    "{}",
    "[1E5]",
    '{"__proto__":{"x":1}}',
  ])("%s is parsed", (json) => {
    expect(parseExactly(json)).toEqual(JSON.parse(json));
  });

  it("every value that JavaScript itself writes as JSON survives", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const json = JSON.stringify(value);
        expect(parseExactly(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("an integer with more digits than a double holds never changes", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 21n - 1n }), (id) => {
        const parsed = parseExactly(`[${id}]`) as [number] | undefined;
        if (parsed !== undefined) expect(String(parsed[0])).toBe(String(id));
      }),
    );
  });
});

describe("the text of a failed call", () => {
  it("joins its texts and names what is no text", () => {
    expect(failureText({ content: [text("no such file"), image] })).toBe("no such file\n[image]");
  });

  it("says so when there is none", () => {
    expect(failureText({ content: [] })).toBe("the tool reported an error without a text");
  });
});
