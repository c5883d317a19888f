import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { EventMemory } from "../../../src/mcp/event-memory.ts";
import type { ResumeLimits } from "../../../src/mcp/event-memory.ts";
import { SessionEvents } from "../../../src/mcp/session-events.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const OF_SESSION = "_GET_stream";
const CALL = "0b0e7a52-8e0f-4c3e-9d3c-2f3f5a6b7c8d";
const OTHER = "1b0e7a52-8e0f-4c3e-9d3c-2f3f5a6b7c8d";
const OPENS = {} as JSONRPCMessage;

const progress = (value: number, message = ""): JSONRPCMessage => ({
  jsonrpc: "2.0",
  method: "notifications/progress",
  params: { progressToken: 1, progress: value, message },
});
const question = (id: number): JSONRPCMessage => ({ jsonrpc: "2.0", id, method: "elicitation/create", params: { message: `q${id}` } });
const answer = (id: number, text = "done"): JSONRPCMessage => ({ jsonrpc: "2.0", id, result: { text } });
const changed: JSONRPCMessage = { jsonrpc: "2.0", method: "notifications/tools/list_changed" };
const cancelled = (requestId: number): JSONRPCMessage => ({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } });
const log: JSONRPCMessage = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "x" } };

const memoryOf = (limits: Partial<ResumeLimits> = {}) => new EventMemory({ ...DEFAULT_LIMITS, ...limits });

/** What a client gets that comes back with this id, or why it gets nothing. */
async function resumed(events: SessionEvents, lastEventId: string | null): Promise<unknown> {
  const resumption = events.resume(lastEventId);
  if (typeof resumption === "string") return resumption;
  const sent: JSONRPCMessage[] = [];
  await events.replayEventsAfter(resumption.from, { send: async (_id, message) => void sent.push(message) });
  return sent;
}

describe("a stream of a request", () => {
  it("goes on behind the event that the client names, in order, each event under its own id", async () => {
    const events = new SessionEvents(memoryOf());
    const opened = await events.storeEvent(CALL, OPENS);
    const first = await events.storeEvent(CALL, progress(1));
    await events.storeEvent(OTHER, progress(9));
    await events.storeEvent(CALL, question(7));
    await events.storeEvent(CALL, answer(1));
    expect(await resumed(events, opened)).toEqual([progress(1), question(7), answer(1)]);
    expect(await resumed(events, first)).toEqual([question(7), answer(1)]);
    const ids: string[] = [];
    const stream = await events.replayEventsAfter(first, { send: async (id) => void ids.push(id) });
    expect(stream).toBe(CALL);
    expect(await resumed(events, ids[0] ?? "")).toEqual([answer(1)]);
  });

  it("forgets what the client says it has", async () => {
    const events = new SessionEvents(memoryOf());
    const opened = await events.storeEvent(CALL, OPENS);
    const first = await events.storeEvent(CALL, progress(1));
    await events.storeEvent(CALL, progress(2));
    events.resume(first);
    expect(await resumed(events, opened)).toEqual([progress(2)]);
  });

  it("is over for a client that has its answer, and open for one that waits for it", async () => {
    const events = new SessionEvents(memoryOf());
    expect(await resumed(events, await events.storeEvent(CALL, OPENS))).toEqual([]);
    expect(await resumed(events, await events.storeEvent(CALL, answer(1)))).toBe("over");
  });

  it("asks no question again that has been answered, or withdrawn", async () => {
    const events = new SessionEvents(memoryOf());
    const opened = await events.storeEvent(CALL, OPENS);
    await events.storeEvent(CALL, question(7));
    await events.storeEvent(CALL, question(8));
    await events.storeEvent(CALL, question(9));
    events.settled(7);
    await events.storeEvent(CALL, cancelled(8));
    expect(await resumed(events, opened)).toEqual([question(9), cancelled(8)]);
  });

  it("is forgotten finishedMs after its answer, and at the end of the session", async () => {
    const memory = memoryOf({ finishedMs: 1_000 });
    const events = new SessionEvents(memory);
    const opened = await events.storeEvent(CALL, OPENS);
    await events.storeEvent(CALL, answer(1));
    vi.advanceTimersByTime(999);
    expect(await resumed(events, opened)).toEqual([answer(1)]);
    vi.advanceTimersByTime(1);
    expect(await resumed(events, opened)).toBe("unknown");
    expect(memory.tally.bytes).toBe(0);
    const again = await events.storeEvent(CALL, answer(2));
    events.clear();
    expect(await resumed(events, again)).toBe("unknown");
    expect(memory.tally.bytes).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is kept without an answer for as long as an execution may take, and then for finishedMs", async () => {
    const limits = { executionMs: 1_000, parkMs: 2_000, drainMs: 500, finishedMs: 400 };
    const events = new SessionEvents(memoryOf(limits));
    const opened = await events.storeEvent(CALL, OPENS);
    vi.advanceTimersByTime(3_899);
    expect(await resumed(events, opened)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await resumed(events, opened)).toBe("unknown");
  });
});

describe("an id", () => {
  it.each([
    ["of another session", async (other: SessionEvents) => other.storeEvent(CALL, answer(1, "theirs"))],
    ["that is made up", async () => `${OTHER}.1`],
    ["of an event that has not been", async (_other: SessionEvents, own: string) => own.replace(/\d+$/, "99")],
    ["without a number", async () => CALL],
    ["that is no id", async () => "../../etc"],
    ["of a name that every object has", async () => "__proto__.1"],
    ["of the transport's own", async () => `${OF_SESSION}.1`],
    ["of any length", async () => "x".repeat(100_000)],
    ["that is empty", async () => ""],
  ])("%s leads nowhere", async (_what, idOf) => {
    const memory = memoryOf();
    const [own, other] = [new SessionEvents(memory), new SessionEvents(memory)];
    const ownId = await own.storeEvent(OTHER.replace("1", "2"), answer(1, "ours"));
    expect(await resumed(own, await idOf(other, ownId))).toBe("unknown");
  });
});

describe("the stream of the session", () => {
  it("tells whoever opens one without an id what has changed, once, and leaves out log messages", async () => {
    const events = new SessionEvents(memoryOf());
    await events.storeEvent(OF_SESSION, changed);
    await events.storeEvent(OF_SESSION, log);
    await events.storeEvent(OF_SESSION, { jsonrpc: "2.0", method: "notifications/prompts/list_changed" });
    const last = await events.storeEvent(OF_SESSION, changed);
    expect(await resumed(events, null)).toEqual([{ jsonrpc: "2.0", method: "notifications/prompts/list_changed" }, changed]);
    expect(await resumed(events, last)).toEqual([]);
  });

  it("goes on after the session has been made again: the id of an earlier life of it tells all that is known", async () => {
    const memory = memoryOf();
    const earlier = new SessionEvents(memory);
    await earlier.storeEvent(OF_SESSION, changed);
    const id = await earlier.storeEvent(OF_SESSION, { jsonrpc: "2.0", method: "notifications/theirs/list_changed" });
    const events = new SessionEvents(memory);
    expect(await resumed(events, id)).toEqual([]);
    await events.storeEvent(OF_SESSION, changed);
    expect(await resumed(events, id)).toEqual([changed]);
  });
});

describe("the limits", () => {
  const FORGOTTEN = { jsonrpc: "2.0", id: 1, error: { code: -32_603, message: expect.stringContaining("not kept any more") as string } };

  it("resumeEvents: so many notifications, the newest; one beyond it drops the oldest, never a question or an answer", async () => {
    const events = new SessionEvents(memoryOf({ resumeEvents: 3 }));
    const opened = await events.storeEvent(CALL, OPENS);
    await events.storeEvent(CALL, question(7));
    for (const value of [1, 2, 3]) await events.storeEvent(CALL, progress(value));
    const all = [question(7), progress(1), progress(2), progress(3)];
    expect(await resumed(events, opened)).toEqual(all);
    await events.storeEvent(CALL, progress(4));
    await events.storeEvent(CALL, answer(1));
    expect(await resumed(events, opened)).toEqual([question(7), progress(2), progress(3), progress(4), answer(1)]);
  });

  it.each(["resumeBytes", "resumeBytesInAll"] as const)(
    "%s: at it everything is kept; one byte less, and the oldest notification goes, not the answer",
    async (limit) => {
      const kept = async (limits: Partial<ResumeLimits>) => {
        const memory = memoryOf(limits);
        const events = new SessionEvents(memory);
        const opened = await events.storeEvent(CALL, OPENS);
        await events.storeEvent(CALL, progress(1, "ü".repeat(500)));
        await events.storeEvent(CALL, progress(2));
        await events.storeEvent(CALL, answer(1, "x".repeat(1_000)));
        return { bytes: memory.tally.bytes, sent: await resumed(events, opened) };
      };
      const { bytes, sent } = await kept({});
      expect(bytes).toBeGreaterThan(2_000);
      expect((await kept({ [limit]: bytes })).sent).toEqual(sent);
      const less = await kept({ [limit]: bytes - 1 });
      expect(less.sent).toEqual([progress(2), answer(1, "x".repeat(1_000))]);
      expect(less.bytes).toBeLessThan(bytes - 1_000);
    },
  );

  it("resumeBytes: the oldest answer gives way to a newer one, and whoever comes for it is told", async () => {
    const memory = memoryOf({ resumeBytes: 3_000 });
    const events = new SessionEvents(memory);
    const [one, two] = [await events.storeEvent(CALL, OPENS), await events.storeEvent(OTHER, OPENS)];
    await events.storeEvent(CALL, answer(1, "x".repeat(1_000)));
    await events.storeEvent(OTHER, answer(2, "y".repeat(1_000)));
    expect(await resumed(events, one)).toEqual([FORGOTTEN]);
    expect(await resumed(events, two)).toEqual([answer(2, "y".repeat(1_000))]);
    expect(memory.tally.bytes).toBeLessThanOrEqual(3_000);
  });

  it("resumeBytes: an answer that is larger than all of it is not kept", async () => {
    const events = new SessionEvents(memoryOf({ resumeBytes: 3_000 }));
    const opened = await events.storeEvent(CALL, OPENS);
    await events.storeEvent(CALL, answer(1, "x".repeat(10_000)));
    expect(await resumed(events, opened)).toEqual([FORGOTTEN]);
  });

  it("resumeBytesInAll: what one session keeps gives way to another's", async () => {
    const memory = memoryOf({ resumeBytesInAll: 4_000 });
    const [old, young] = [new SessionEvents(memory), new SessionEvents(memory)];
    const opened = await old.storeEvent(CALL, OPENS);
    await old.storeEvent(CALL, answer(1, "x".repeat(1_500)));
    const theirs = await young.storeEvent(OTHER, OPENS);
    await young.storeEvent(OTHER, answer(2, "y".repeat(1_500)));
    expect(await resumed(old, opened)).toEqual([FORGOTTEN]);
    expect(await resumed(young, theirs)).toEqual([answer(2, "y".repeat(1_500))]);
    expect(memory.tally.bytes).toBeLessThanOrEqual(4_000);
  });

  it("hold however much a session sends, in streams and in events", async () => {
    const memory = memoryOf({ resumeBytes: 20_000, resumeBytesInAll: 30_000 });
    const sessions = [new SessionEvents(memory), new SessionEvents(memory)];
    for (let count = 0; count < 2_000; count += 1) {
      for (const events of sessions) {
        const stream = count % 3 === 0 ? CALL : crypto.randomUUID();
        await events.storeEvent(
          stream,
          count % 3 === 1 ? answer(count) : count % 3 === 2 ? question(count) : progress(count, "p".repeat(99)),
        );
        expect(memory.tally.bytes).toBeLessThanOrEqual(30_000);
      }
    }
    // One for each stream that is left, and none for those that are gone.
    expect(vi.getTimerCount()).toBeLessThan(60);
  });
});
