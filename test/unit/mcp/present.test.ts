import { describe, expect, it } from "vitest";
import type { Execution } from "../../../src/core/execution.ts";
import { present } from "../../../src/mcp/present.ts";

const SOURCE = "const a = 1;\r\nfail(a);\nlast();";
const quiet = { console: { lines: [], dropped: 0 }, emitted: { blocks: [], dropped: 0 }, ledger: [], durationMs: 1 };

function texts(execution: Partial<Execution> & Pick<Execution, "outcome">, source = SOURCE): string[] {
  return present({ ...quiet, ...execution }, source).content.map((block) => (block.type === "text" ? block.text : `[${block.type}]`));
}

describe("an execution as the caller reads it", () => {
  it("a value alone is one block and no error", () => {
    expect(present({ ...quiet, outcome: { kind: "returned", text: "42" } }, SOURCE)).toEqual({ content: [{ type: "text", text: "42" }] });
  });

  it.each([
    ["JSON as a value", '{"a":[1]}', { a: [1] }],
    ["a text as a text", "a [b", "a [b"],
  ])("structured content, where the configuration asks for it, is %s", (_what, text, value) => {
    const outcome = { kind: "returned" as const, text };
    expect(present({ ...quiet, outcome }, SOURCE, { structuredContent: true })).toEqual({
      content: [{ type: "text", text }],
      structuredContent: { value },
    });
  });

  it("a failure has no structured content", () => {
    expect(present({ ...quiet, outcome: { kind: "cancelled" } }, SOURCE, { structuredContent: true })).not.toHaveProperty(
      "structuredContent",
    );
  });

  it("blocks stand behind the text, what was emitted behind them, the console last", () => {
    const image = { type: "image" as const, data: "aGk=", mimeType: "image/png" };
    const outcome = { kind: "returned" as const, text: "v", blocks: [image], notice: "Shortened." };
    const emitted = { blocks: [{ type: "text" as const, text: "e" }], dropped: 1 };
    const console = { lines: [{ level: "log" as const, text: "c" }], dropped: 0 };
    expect(texts({ outcome, emitted, console })).toEqual([
      "v",
      "[image]",
      "Shortened.",
      "e",
      "Emitted content left out: 1 block, beyond blocks, blockBytes or resultChars, or not valid.",
      "Console:\nc",
    ]);
  });

  it("an empty text is still the value", () => {
    expect(texts({ outcome: { kind: "returned", text: "" } })).toEqual([""]);
  });

  it("the console has its own block, with levels and what was left out", () => {
    const console = {
      lines: [
        { level: "log" as const, text: "a" },
        { level: "warn" as const, text: "b" },
      ],
      dropped: 3,
    };
    expect(texts({ outcome: { kind: "returned", text: "v" }, console })).toEqual(["v", "Console:\na\n[warn] b\n… 3 more lines left out"]);
  });

  it("after success the calls are not listed", () => {
    const ledger = [{ name: "a.b", outcome: "ok" as const, durationMs: 1 }];
    expect(texts({ outcome: { kind: "returned", text: "v" }, ledger })).toEqual(["v"]);
  });

  it("an error shows name, message, causes, place and the line, and the calls that had been made", () => {
    const error = {
      name: "TypeError",
      message: "no",
      frames: [{ line: 2, column: 1 }],
      causes: [{ text: "Error: why", frame: { line: 3, column: 2 } }],
    };
    const ledger = [
      { name: "fs.write", outcome: "ok" as const, durationMs: 12 },
      { name: "fs.read", outcome: "failed" as const, durationMs: 3 },
    ];
    expect(texts({ outcome: { kind: "threw", error }, ledger })).toEqual([
      "TypeError: no\n  caused by Error: why (program.js:3:2)\n    at program.js:2:1\n2 | fail(a);\n    ^",
      "Calls that had been made (2):\nfs.write ok (12 ms)\nfs.read failed (3 ms)",
    ]);
  });

  it.each([
    ["a string", "x", "The program threw a string: x"],
    ["an object", "{}", "The program threw an object: {}"],
    ["null", "null", "The program threw null"],
    ["undefined", "undefined", "The program threw undefined"],
    ["Error", "", "Error: (no message)"],
  ])("a throw of %s reads as one", (name, message, expected) => {
    expect(texts({ outcome: { kind: "threw", error: { name, message, frames: [], causes: [] } } })).toEqual([expected]);
  });

  it("places that repeat are counted, a cause has its own where the error has none, and a hint stands last", () => {
    const frame = { line: 3, column: 1 };
    const causes = [{ text: "Error: a" }, { text: "Error: b", frame }];
    const frames = [frame, frame, { line: 2, column: 1 }, frame];
    const error = { name: "RangeError", message: "m" };
    expect(texts({ outcome: { kind: "threw", error: { ...error, frames, causes: [] } } })).toEqual([
      "RangeError: m\n    at program.js:3:1 (2 times)\n    at program.js:2:1\n    at program.js:3:1\n3 | last();\n    ^",
    ]);
    expect(texts({ outcome: { kind: "threw", error: { ...error, frames: [], causes, hint: "Do this." } } })).toEqual([
      "RangeError: m\n  caused by Error: a\n  caused by Error: b (program.js:3:1)\n3 | last();\n    ^\nDo this.",
    ]);
  });

  it("what nobody awaited is the error, and what the program returned stands behind it", () => {
    const error = { name: "ToolError", message: "a.b: no", frames: [{ line: 2, column: 1 }], causes: [] };
    const image = { type: "image" as const, data: "aGk=", mimeType: "image/png" };
    const returned = { kind: "returned" as const, text: "v", blocks: [image] };
    const result = present({ ...quiet, outcome: { kind: "threw", error, returned } }, SOURCE, { structuredContent: true });
    expect(result).toEqual({
      isError: true,
      content: [
        {
          type: "text",
          text: "ToolError: a.b: no\n    at program.js:2:1\n2 | fail(a);\n    ^\nNobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.",
        },
        { type: "text", text: "All the same, the program returned:" },
        { type: "text", text: "v" },
        image,
      ],
    });
  });

  it("problems of a refused program stand with their lines", () => {
    const problems = [{ line: 3, column: 5, message: "';' expected." }];
    expect(texts({ outcome: { kind: "refused", problems } })).toEqual([
      "The program was not run:\nprogram.js:3:5 ';' expected.\n3 | last();\n        ^",
    ]);
  });

  it("a very long line is shown around the place", () => {
    const source = `${"a".repeat(5_000)}!${"b".repeat(5_000)}`;
    const [text = ""] = texts(
      { outcome: { kind: "threw", error: { name: "Error", message: "m", frames: [{ line: 1, column: 5_001 }], causes: [] } } },
      source,
    );
    const [, , line = "", marker = ""] = text.split("\n");
    expect(line.length).toBeLessThan(200);
    expect(line[marker.indexOf("^")]).toBe("!");
  });

  it.each([
    ["a limit", { kind: "limit", limit: "executionMs", value: 5, message: "stopped" }, "stopped"],
    ["a cancellation", { kind: "cancelled" }, "The program was cancelled."],
    ["a fault", { kind: "fault", id: "abc" }, "The proxy failed, not the program (fault abc: its log has the details). Try again."],
  ] as const)("%s is an error", (_what, outcome, expected) => {
    const result = present({ ...quiet, outcome }, SOURCE);
    expect(result).toMatchObject({ isError: true, content: [{ text: expected }] });
  });

  it("only the last fifty calls are listed, and all are counted", () => {
    const ledger = Array.from({ length: 51 }, (_, index) => ({ name: `a.t${index}`, outcome: "ok" as const, durationMs: 0 }));
    const [, calls = ""] = texts({ outcome: { kind: "cancelled" }, ledger });
    expect(calls.split("\n").slice(0, 3)).toEqual(["Calls that had been made (51):", "… 1 earlier ones", "a.t1 ok (0 ms)"]);
  });
});
