import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LogMessage } from "../../../src/core/log-message.ts";
import { LogFeed } from "../../../src/upstream/log-feed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function feedOf(limits: { logBytes?: number; logsPerSecond?: number } = {}): { feed: LogFeed; told: LogMessage[] } {
  const told: LogMessage[] = [];
  return { feed: new LogFeed("github", { logBytes: 100, logsPerSecond: 3, ...limits }, (message) => told.push(message)), told };
}

describe("the log messages of an upstream", () => {
  it.each([
    [
      { level: "info", data: "text" },
      { level: "info", logger: "github", data: "text" },
    ],
    [
      { level: "alert", logger: "api", data: { a: [1] }, _meta: { theirs: 1 }, more: 1 },
      { level: "alert", logger: "github.api", data: { a: [1] } },
    ],
    [
      { level: "debug", logger: 7, data: null },
      { level: "debug", logger: "github", data: null },
    ],
    [
      { level: "debug", logger: "" },
      { level: "debug", logger: "github", data: null },
    ],
  ])("%j is named by its upstream, and has nothing else", (params, message) => {
    expect(feedOf().feed.read(params)).toEqual(message);
  });

  it.each([[{ level: "shout", data: 1 }], [{ data: 1 }], [undefined], [{ level: "constructor" }]])("%j is none", (params) => {
    expect(feedOf().feed.read(params)).toBeUndefined();
  });

  it("have a logger of bounded length", () => {
    expect(feedOf().feed.read({ level: "info", logger: "x".repeat(10_000), data: 1 })?.logger).toHaveLength(207);
  });

  it("are whole up to logBytes, and the beginning of a text beyond it", () => {
    const { feed } = feedOf();
    const whole = "é".repeat(49);
    expect(feed.read({ level: "info", data: whole })?.data).toBe(whole);
    expect(feed.read({ level: "info", data: `${whole}x` })?.data).toBe(
      `${"é".repeat(33)}… (50 characters, more than logBytes = 100 bytes)`,
    );
    const large = feed.read({ level: "info", data: { text: "y".repeat(200) } });
    expect(large?.data).toMatch(/^\{"text":"y{24}… \(211 characters, more than logBytes = 100 bytes\)$/);
  });

  it("are logsPerSecond in a second, and one that says how many more there were", () => {
    const { feed, told } = feedOf();
    const read = [1, 2, 3, 4, 5].map((data) => feed.read({ level: "info", data })?.data);
    expect(read).toEqual([1, 2, 3, undefined, undefined]);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1_000);
    const data = "2 log messages were left out: more than logsPerSecond = 3 in a second";
    expect(told).toEqual([{ level: "warning", logger: "github", data }]);
    expect(feed.read({ level: "info", data: 6 })?.data).toBe(6);
    vi.advanceTimersByTime(1_000);
    expect(told).toHaveLength(1);
  });
});
