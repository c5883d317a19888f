import { describe, expect, it } from "vitest";
import { SandboxLog } from "../../../src/local/sandbox-log.ts";

const OUT_OF_MEMORY = "V8 fatal error; location = Reached heap limit; message = : allocation failed: JavaScript heap out of memory";

function read(...lines: string[]): { outOfMemory: boolean; printed: string[] } {
  const log = new SandboxLog();
  const printed: string[] = [];
  log.printTo((text) => printed.push(text));
  for (const line of lines) log.read(line);
  return { outOfMemory: log.outOfMemory, printed };
}
const entry = (level: string, message: unknown) => JSON.stringify({ timestamp: "1", level, message });

describe("the log of a sandbox process", () => {
  it("tells V8's last words", () => {
    expect(read(entry("fatal", OUT_OF_MEMORY))).toEqual({ outOfMemory: true, printed: [] });
  });

  it.each([
    ["prints them", entry("log", OUT_OF_MEMORY)],
    ["prints an entry with them", entry("log", entry("fatal", OUT_OF_MEMORY))],
    ["prints them on a line of their own", entry("log", `\n${entry("fatal", OUT_OF_MEMORY)}\n`)],
    ["prints them as a warning", entry("warn", OUT_OF_MEMORY)],
    ["prints something else before them", entry("fatal", `x ${OUT_OF_MEMORY}`)],
  ])("is not fooled by whoever %s", (_who, line) => {
    expect(read(line).outOfMemory).toBe(false);
  });

  it("passes on what the harness prints, and nothing else", () => {
    expect(read(entry("log", "a\nb"), entry("error", "c"), entry("log", 1), "log", "null", "[1]", entry("log", "d")).printed).toEqual([
      "a\nb",
      "d",
    ]);
  });

  it("passes nothing on before or after it is asked to", () => {
    const log = new SandboxLog();
    const printed: string[] = [];
    log.read(entry("log", "before"));
    log.printTo((text) => printed.push(text));
    log.printTo(undefined);
    log.read(entry("log", "after"));
    expect(printed).toEqual([]);
  });
});
