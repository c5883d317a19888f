import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProgressFeed } from "../../../src/mcp/progress-feed.ts";
import type { ProgressPoint } from "../../../src/mcp/progress-feed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function feedOf(limits: { progressPerSecond?: number; heartbeatMs?: number } = {}): { feed: ProgressFeed; sent: ProgressPoint[] } {
  const sent: ProgressPoint[] = [];
  return { feed: new ProgressFeed((point) => sent.push(point), { progressPerSecond: 3, heartbeatMs: 10_000, ...limits }), sent };
}

describe("the progress of one request", () => {
  it("counts what has no number of its own", () => {
    const { feed, sent } = feedOf();
    feed.update({ message: "a" });
    feed.update({ message: "b" });
    expect(sent).toEqual([
      { progress: 1, message: "a" },
      { progress: 2, message: "b" },
    ]);
  });

  it("keeps numbers as they are, the first 0 included, and leaves out what does not increase", () => {
    const { feed, sent } = feedOf({ progressPerSecond: 100 });
    for (const progress of [0, 0, 0.5, 0.25, 50, -1, 100]) feed.update({ progress, total: 100 });
    expect(sent.map(({ progress }) => progress)).toEqual([0, 0.5, 50, 100]);
    expect(sent[3]).toEqual({ progress: 100, total: 100 });
  });

  it("is told progressPerSecond times in a second, and of what is beyond the latest alone, when the second is over", () => {
    const { feed, sent } = feedOf();
    for (let step = 1; step <= 3; step += 1) feed.update({ message: `${step}` });
    expect(sent).toHaveLength(3);
    for (let step = 4; step <= 1_000; step += 1) feed.update({ message: `${step}` });
    vi.advanceTimersByTime(999);
    expect(sent).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(sent.slice(3)).toEqual([{ progress: 1_000, message: "1000" }]);
  });

  it("is told after heartbeatMs of silence, with a number that leaves room for the next whole one", () => {
    const { feed, sent } = feedOf();
    vi.advanceTimersByTime(9_999);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([{ progress: 2 ** -10, message: "still running after 10 s" }]);
    feed.update({ message: "a" });
    vi.advanceTimersByTime(20_000);
    expect(sent.slice(1).map(({ progress }) => progress)).toEqual([1, 1 + 2 ** -10, 1 + 2 ** -9]);
    feed.update({ message: "b" });
    expect(sent.at(-1)).toEqual({ progress: 2, message: "b" });
  });

  it("is not told any more when the request has been answered", () => {
    const { feed, sent } = feedOf({ progressPerSecond: 1 });
    feed.update({ message: "a" });
    feed.update({ message: "b" });
    feed.end();
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
  });
});
