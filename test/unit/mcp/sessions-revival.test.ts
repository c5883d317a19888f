import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { EventMemory } from "../../../src/mcp/event-memory.ts";
import { executeTool } from "../../../src/mcp/tool.ts";
import type { Execution } from "../../../src/core/execution.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { CallContext } from "../../../src/core/relay.ts";
import { createServer } from "../../../src/mcp/server.ts";
import { Sessions } from "../../../src/mcp/sessions.ts";
import type { SessionStore } from "../../../src/mcp/sessions.ts";
import { MapSessionStore } from "../../support/map-session-store.ts";
import { errandsOf } from "./errands.ts";
import { NO_OFFERS } from "./no-offers.ts";
import { NO_PASSTHROUGH } from "./no-passthrough.ts";

const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const post = (message: object, id?: string) =>
  new Request("http://proxy/mcp", {
    method: "POST",
    headers: { ...headers, ...(id !== undefined && { "mcp-session-id": id }) },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
  });
const initialize = {
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } },
};
const call = { id: 5, method: "tools/call", params: { name: "execute_code", arguments: { code: "x" } } };

/** Executions that end only when they are cancelled. */
function waitingSessions(store: SessionStore) {
  const started = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<string>();
  let isCancelled = false;
  const execute = (_source: string, { signal }: CallContext) =>
    new Promise<Execution>((resolve) => {
      started.resolve();
      signal.addEventListener("abort", () => {
        isCancelled = true;
        cancelled.resolve("cancelled");
        resolve({
          outcome: { kind: "cancelled" },
          console: { lines: [], dropped: 0 },
          emitted: { blocks: [], dropped: 0 },
          ledger: [],
          durationMs: 0,
        });
      });
    });
  const tool = async () => executeTool(buildCatalog([]), 16_000);
  const makeServer = () =>
    createServer(
      {
        instructions: "",
        tool,
        execute,
        meet: () => undefined,
        passthrough: NO_PASSTHROUGH,
        ...NO_OFFERS,
        result: { structuredContent: false },
        limits: DEFAULT_LIMITS,
      },
      errandsOf(),
      "legacy",
    );
  const sessions = new Sessions(store, makeServer, {
    keepAliveMs: 15_000,
    maxBodyBytes: 100_000,
    busyMs: 60_000,
    maxSessions: 3,
    events: new EventMemory(DEFAULT_LIMITS),
  });
  return { sessions, started: started.promise, cancelled: cancelled.promise, isCancelled: () => isCancelled };
}

async function begin(sessions: Sessions): Promise<string> {
  const response = await sessions.handle(post(initialize));
  await response.text();
  return response.headers.get("mcp-session-id") ?? "";
}

describe("a session of an evicted Workspace", () => {
  it("is made again once, by however many requests at once: a later cancellation finds the call", async () => {
    const store = new MapSessionStore();
    const id = await begin(waitingSessions(store).sessions);
    const { sessions, started, cancelled } = waitingSessions(store);
    await Promise.all([sessions.handle(post(call, id)), sessions.handle(post({ id: 6, method: "ping" }, id))]);
    await started;
    await sessions.handle(post({ method: "notifications/cancelled", params: { requestId: 5 } }, id));
    expect(await cancelled).toBe("cancelled");
  });
});

describe("the limit of live sessions", () => {
  it("does not take one that is being answered", async () => {
    const { sessions, started, isCancelled } = waitingSessions(new MapSessionStore());
    const id = await begin(sessions);
    await sessions.handle(post(call, id));
    await started;
    for (let others = 0; others < 5; others += 1) await begin(sessions);
    expect(isCancelled()).toBe(false);
  });
});
