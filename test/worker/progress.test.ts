import { describe, expect, it } from "vitest";
import type { ProgressUpdate } from "../../src/core/relay.ts";
import { runProgram, textResult } from "../support/run-program.ts";
import { SILENT_RELAY } from "../support/silent-relay.ts";
import type { RunOptions } from "../support/run-program.ts";

/** What an execution has told of itself. */
async function told(source: string, options: RunOptions = {}): Promise<(string | undefined)[]> {
  const updates: ProgressUpdate[] = [];
  await runProgram(source, { ...options, relay: { ...SILENT_RELAY, progress: (update) => updates.push(update) } });
  return updates.map(({ message }) => message);
}

describe("the progress of an execution", () => {
  it("is its start, each console line, each step of an upstream and the end of each call", async () => {
    const script: RunOptions["script"] = {
      copy: (_args, _signal, relay) => {
        relay.progress({ progress: 1, total: 2 });
        relay.progress({ progress: 2, total: 2, message: "all files" });
        relay.progress({ progress: 3 });
        return textResult("copied");
      },
      fail: () => ({ isError: true, content: [] }),
    };
    expect(await told(`console.log("one\\n two"); await peer.copy(); await peer.fail().catch(() => 0);`, { script })).toEqual([
      "the program has started",
      "console: one two",
      "peer.copy: 1 of 2",
      "peer.copy: 2 of 2: all files",
      "peer.copy: 3",
      "peer.copy ok (1 call finished)",
      "peer.fail failed (2 calls finished)",
    ]);
  });

  it("is not told of a program that is not run", async () => {
    expect(await told("return (")).toEqual([]);
  });

  it("is one short, well-formed line each, whatever is printed", async () => {
    const [, line] = await told(`console.log("x".repeat(188) + "😀".repeat(1000))`);
    expect(line).toBe(`console: ${"x".repeat(188)}😀\ufffd…`);
  });

  it("has no line that is not kept", async () => {
    expect(await told(`for (let i = 0; i < 5; i += 1) console.log(i)`, { limits: { consoleLines: 2 } })).toHaveLength(3);
  });
});
