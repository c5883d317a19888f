import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { EventMemory } from "../../../src/mcp/event-memory.ts";
import { executeTool } from "../../../src/mcp/tool.ts";
import { createServer } from "../../../src/mcp/server.ts";
import { Sessions } from "../../../src/mcp/sessions.ts";
import type { SessionStore } from "../../../src/mcp/sessions.ts";
import { MapSessionStore } from "../../support/map-session-store.ts";
import { errandsOf } from "./errands.ts";
import { NO_OFFERS } from "./no-offers.ts";
import { NO_PASSTHROUGH } from "./no-passthrough.ts";

const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

/** `onServer` is called for each session that is made, or made again. */
function makeSessions(store: SessionStore, maxSessions = 10, onServer = () => {}): Sessions {
  const makeServer = () => {
    onServer();
    return createServer(
      {
        instructions: "",
        tool: async () => executeTool(buildCatalog([]), 16_000),
        meet: () => undefined,
        passthrough: NO_PASSTHROUGH,
        ...NO_OFFERS,
        result: { structuredContent: false },
        limits: DEFAULT_LIMITS,
        execute: async (source) => ({
          outcome: { kind: "returned", text: `ran ${source}` },
          console: { lines: [], dropped: 0 },
          emitted: { blocks: [], dropped: 0 },
          ledger: [],
          durationMs: 0,
        }),
      },
      errandsOf(),
      "legacy",
    );
  };
  return new Sessions(store, makeServer, {
    keepAliveMs: 15_000,
    maxBodyBytes: 100_000,
    busyMs: 0,
    maxSessions,
    events: new EventMemory(DEFAULT_LIMITS),
  });
}

/** A v1 client whose fetch goes straight to whatever `sessions()` is at the moment: in memory, no network. */
async function connect(sessions: () => Sessions): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const fetch = (url: string | URL, init?: RequestInit) => sessions().handle(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL("http://proxy/mcp"), { fetch }));
  clients.push(client);
  return client;
}

const call = (client: Client, code: string) => client.callTool({ name: "execute_code", arguments: { code } });

describe("a session of the 2025 revisions", () => {
  it("goes on in a Workspace that was evicted and made anew, and the client notices nothing", async () => {
    const store = new MapSessionStore();
    let sessions = makeSessions(store);
    const client = await connect(() => sessions);
    expect(await call(client, "1")).toMatchObject({ content: [{ text: "ran 1" }] });
    sessions = makeSessions(store);
    expect(await call(client, "2")).toMatchObject({ content: [{ text: "ran 2" }] });
    expect(store.saved.size).toBe(1);
  });

  it("that was revived hears of changes again", async () => {
    const store = new MapSessionStore();
    let sessions = makeSessions(store);
    const client = await connect(() => sessions);
    const heard = Promise.withResolvers<void>();
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => heard.resolve());
    for (const audience of sessions.audiences()) audience.tell({ kind: "list_changed", list: "tools" });
    await heard.promise;
    sessions = makeSessions(store);
    expect(await call(client, "3")).toMatchObject({ content: [{ text: "ran 3" }] });
  });

  it("that nobody has opened is a 404", async () => {
    const sessions = makeSessions(new MapSessionStore());
    const request = new Request("http://proxy/mcp", {
      method: "POST",
      headers: { "mcp-session-id": crypto.randomUUID(), "content-type": "application/json" },
      body: "{}",
    });
    expect((await sessions.handle(request)).status).toBe(404);
  });

  it("is not kept for a request that opens none", async () => {
    const store = new MapSessionStore();
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
    const response = await makeSessions(store).handle(new Request("http://proxy/mcp", { method: "POST", headers, body }));
    expect(response.status).toBe(400);
    expect(store.saved.size).toBe(0);
  });

  it("is kept in memory up to the limit; one beyond it, the one longest unused comes back from the store", async () => {
    let made = 0;
    const sessions = makeSessions(new MapSessionStore(), 3, () => (made += 1));
    const [first, second] = [await connect(() => sessions), await connect(() => sessions), await connect(() => sessions)];
    await call(first, "at the limit");
    expect(made).toBe(3);
    await connect(() => sessions);
    await call(first, "used later than the second");
    expect(made).toBe(4);
    expect(await call(second, "again")).toMatchObject({ content: [{ text: "ran again" }] });
    expect(made).toBe(5);
  });
});
