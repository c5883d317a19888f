import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { CallToolRequest, InputRequiredResult } from "@modelcontextprotocol/client";
import { afterEach, describe, expect, it } from "vitest";
import type { Execution } from "../../../src/core/execution.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { Limits } from "../../../src/core/limits.ts";
import type { Answer, Question } from "../../../src/core/questions.ts";
import type { CallContext } from "../../../src/core/relay.ts";
import { EventMemory } from "../../../src/mcp/event-memory.ts";
import { createEndpoint } from "../../../src/mcp/endpoint.ts";
import { MapSessionStore } from "../../support/map-session-store.ts";
import { errandsOf } from "./errands.ts";
import { NO_OFFERS } from "./no-offers.ts";
import { NO_PASSTHROUGH } from "./no-passthrough.ts";

/** What an execution does with its context. It returns the text. */
type Work = (context: CallContext, source: string) => Promise<string>;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const NEVER = new AbortController().signal;
const form = (message: string): Question => ({
  method: "elicitation/create",
  params: { message, requestedSchema: { type: "object", properties: { value: { type: "string" } } } },
});
const accept = (value: string) => ({ action: "accept", content: { value } });
const valueOf = (answer: Answer) => String((answer["content"] as { value?: unknown }).value);
const ALL = { elicitation: { form: {} }, sampling: {}, roots: {} };

/** The proxy's own endpoint in memory, and a real client of 2026-07-28 that is asked by hand. */
async function callerOf(work: Work, { limits = {}, capabilities = ALL }: { limits?: Partial<Limits>; capabilities?: object } = {}) {
  const started: string[] = [];
  let parked = 0;
  const endpoint = createEndpoint(
    {
      instructions: "",
      tool: async () => ({ name: "execute_code", inputSchema: { type: "object" } }),
      execute: async (source, context): Promise<Execution> => {
        started.push(source);
        return {
          outcome: { kind: "returned", text: await work(context, source) },
          console: { lines: [], dropped: 0 },
          emitted: { blocks: [], dropped: 0 },
          ledger: [],
          durationMs: 0,
        };
      },
      meet: () => undefined,
      passthrough: NO_PASSTHROUGH,
      ...NO_OFFERS,
      result: { structuredContent: false },
      limits: DEFAULT_LIMITS,
    },
    errandsOf(limits, () => (parked += 1)),
    new MapSessionStore(),
    {
      keepAliveMs: 15_000,
      maxBodyBytes: 1_000_000,
      busyMs: 60_000,
      maxSessions: 10,
      unreadBytes: DEFAULT_LIMITS.unreadBytes,
      events: new EventMemory(DEFAULT_LIMITS),
    },
  );
  const client = new Client(
    { name: "by hand", version: "1.0.0" },
    { capabilities, versionNegotiation: { mode: { pin: "2026-07-28" } }, inputRequired: { autoFulfill: false } },
  );
  const fetch = async (url: string | URL, init?: RequestInit) => endpoint.fetch(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL("http://proxy/mcp"), { fetch }));
  closing.push(() => client.close());
  const call = async (more: object = {}, code = "program", signal?: AbortSignal): Promise<InputRequiredResult & { text?: string }> => {
    const params = { name: "execute_code", arguments: { code }, ...more } as CallToolRequest["params"];
    const result: unknown = await client.callTool(params, { allowInputRequired: true, ...(signal && { signal }) });
    const [block] = (result as { content?: { text: string }[] }).content ?? [];
    return { ...(result as InputRequiredResult), ...(block !== undefined && { text: block.text }) };
  };
  return { call, started, parked: () => parked };
}

/** The keys of the questions, by their messages. */
function keysOf({ inputRequests = {} }: InputRequiredResult): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputRequests).map(([key, { params }]) => [String((params as { message?: string }).message), key]),
  );
}

const askThree: Work = async ({ relay }) => {
  const [one, two] = await Promise.all(["one?", "two?"].map(async (message) => valueOf(await relay.ask(form(message), NEVER))));
  return `${one} ${two} ${valueOf(await relay.ask(form("three?"), NEVER))}`;
};

describe("a parked execution", () => {
  it("asks together what arises together, again what was not answered, and runs once", async () => {
    const { call, started, parked } = await callerOf(askThree);
    const first = await call();
    const keys = keysOf(first);
    expect(Object.keys(keys)).toEqual(["one?", "two?"]);
    const half = await call({ requestState: first.requestState, inputResponses: { [keys["one?"] ?? ""]: accept("1") } });
    expect(Object.keys(keysOf(half))).toEqual(["two?"]);
    const none = await call({ requestState: half.requestState });
    expect(Object.keys(keysOf(none))).toEqual(["two?"]);
    const late = await call({ requestState: first.requestState, inputResponses: { [keys["two?"] ?? ""]: accept("2") } });
    expect(Object.keys(keysOf(late))).toEqual(["three?"]);
    const [key = ""] = Object.values(keysOf(late));
    const last = await call({ requestState: late.requestState, inputResponses: { [key]: accept("3") } });
    expect(last.text).toBe("1 2 3");
    expect(started).toEqual(["program"]);
    expect(parked()).toBe(1);
  });

  it("gives a request that comes twice at once, and one that comes again after the end, the same result", async () => {
    const { call, started } = await callerOf(async ({ relay }) => valueOf(await relay.ask(form("?"), NEVER)));
    const { requestState, ...first } = await call();
    const [key = ""] = Object.values(keysOf(first));
    const retry = { requestState, inputResponses: { [key]: accept("yes") } };
    const both = await Promise.all([call(retry), call(retry)]);
    expect(both.map(({ text }) => text)).toEqual(["yes", "yes"]);
    expect((await call(retry)).text).toBe("yes");
    expect((await call({ ...retry, inputResponses: { [key]: accept("no") } })).text).toBe("yes");
    expect(started).toHaveLength(1);
  });

  it("does not mind in which order a client writes the members of the call", async () => {
    const { call, started } = await callerOf(async ({ relay }) => valueOf(await relay.ask(form("?"), NEVER)));
    const sent = { a: { x: 1, y: [2, { p: 1, q: 2 }] }, code: "program" };
    const { requestState, ...first } = await call({ arguments: sent });
    const [key = ""] = Object.values(keysOf(first));
    const again = { code: "program", a: { y: [2, { q: 2, p: 1 }], x: 1 } };
    expect((await call({ arguments: again, requestState, inputResponses: { [key]: accept("yes") } })).text).toBe("yes");
    expect(started).toHaveLength(1);
  });

  it("goes on with nothing but its own call", async () => {
    const { call, started } = await callerOf(async ({ relay }) => valueOf(await relay.ask(form("?"), NEVER)));
    const { requestState } = await call();
    await expect(call({ requestState }, "another program")).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining("This requestState belongs to another call."),
    });
    await expect(call({ requestState, name: "other" })).rejects.toMatchObject({ code: -32_602 });
    expect(started).toHaveLength(1);
  });

  it("takes no state that has been changed, or that another Workspace has sealed", async () => {
    const work: Work = async ({ relay }) => valueOf(await relay.ask(form("?"), NEVER));
    const [mine, other] = [await callerOf(work), await callerOf(work)];
    const { requestState = "" } = await mine.call();
    const [version, body = "", mac] = requestState.split(".");
    const payload = JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))) as { p: { errand: string } };
    const forged = btoa(JSON.stringify({ ...payload, p: { errand: crypto.randomUUID() } })).replaceAll("=", "");
    const refused = { code: -32_602, data: { reason: "invalid_request_state" } };
    for (const state of [`${version}.${forged}.${mac}`, `${requestState.slice(0, -2)}AA`, "nonsense", ""]) {
      await expect(mine.call({ requestState: state })).rejects.toMatchObject(refused);
    }
    await expect(other.call({ requestState })).rejects.toMatchObject(refused);
    expect([mine.started.length, other.started.length]).toEqual([1, 0]);
  });

  it("that nobody answers within parkMs is stopped, and says so to whoever comes back in time", async () => {
    const ended = Promise.withResolvers<unknown>();
    const work: Work = async ({ relay, signal }) => {
      signal.addEventListener("abort", () => ended.resolve(signal.reason));
      return relay.ask(form("?"), NEVER).then(valueOf, (error: unknown) => `stopped: ${(error as Error).message}`);
    };
    const { call } = await callerOf(work, { limits: { parkMs: 100 } });
    const { requestState } = await call();
    expect(await ended.promise).toMatchObject({ code: "limit", message: "a question has not been answered within parkMs = 100 ms" });
    const late = await call({ requestState, inputResponses: { q1: accept("late") } });
    expect(late.text).toBe("stopped: the question was withdrawn");
  });

  it("is gone finishedMs after its end: then nothing is run again", async () => {
    const { call, started } = await callerOf(async ({ relay }) => valueOf(await relay.ask(form("?"), NEVER)), {
      limits: { finishedMs: 1 },
    });
    const { requestState, ...first } = await call();
    const [key = ""] = Object.values(keysOf(first));
    const retry = { requestState, inputResponses: { [key]: accept("yes") } };
    await call(retry);
    // A timer that is set later and takes longer fires later.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const again = await call(retry);
    expect(again).toMatchObject({ isError: true, text: expect.stringContaining("What this request goes on with is gone") });
    expect(started).toHaveLength(1);
  });

  it("is stopped when the caller cancels a request that has come back, and not when one has been answered with a question", async () => {
    const cancelled = Promise.withResolvers<void>();
    const back = Promise.withResolvers<void>();
    const { call } = await callerOf(async ({ relay, signal }) => {
      signal.addEventListener("abort", () => cancelled.resolve());
      await relay.ask(form("?"), NEVER);
      back.resolve();
      await cancelled.promise;
      return "";
    });
    const { requestState, ...first } = await call();
    const [key = ""] = Object.values(keysOf(first));
    const controller = new AbortController();
    const second = call({ requestState, inputResponses: { [key]: accept("yes") } }, "program", controller.signal);
    await back.promise;
    controller.abort();
    await expect(second).rejects.toThrow();
    await cancelled.promise;
  });
});

describe("a caller that cannot be asked", () => {
  it("gets no question, but the failure of it at once", async () => {
    const work: Work = async ({ relay }) =>
      relay.ask(form("?"), NEVER).then(valueOf, (error: unknown) => `no: ${(error as Error).message}`);
    const { call } = await callerOf(work, { capabilities: { sampling: {} } });
    expect((await call()).text).toBe("no: the server wants to ask, and your client cannot be asked: it has no elicitation.form");
  });

  it("is asked questions times, and no more", async () => {
    const work: Work = async ({ relay }) => {
      await relay.ask(form("1"), NEVER);
      await relay.ask(form("2"), NEVER);
      return relay.ask(form("3"), NEVER).then(valueOf, (error: unknown) => `no: ${(error as Error).message}`);
    };
    const { call } = await callerOf(work, { limits: { questions: 2 } });
    const first = await call();
    const second = await call({ requestState: first.requestState, inputResponses: { q1: accept("") } });
    const last = await call({ requestState: second.requestState, inputResponses: { q2: accept("") } });
    expect(last.text).toBe("no: there have been questions = 2 questions already");
  });
});
