import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { EventMemory } from "../../../src/mcp/event-memory.ts";
import { createServer } from "../../../src/mcp/server.ts";
import { Sessions } from "../../../src/mcp/sessions.ts";
import { Subscriptions } from "../../../src/mcp/subscriptions.ts";
import { MapSessionStore } from "../../support/map-session-store.ts";
import { errandsOf } from "./errands.ts";
import { NO_OFFERS } from "./no-offers.ts";
import { NO_PASSTHROUGH } from "./no-passthrough.ts";

/** A Workspace as far as sessions go. `asked` is what it has asked of upstreams. */
function workspaceOf(store: MapSessionStore) {
  const asked: string[] = [];
  const watched = Promise.withResolvers<void>();
  const watch = async ({ own }: { own: string }) => {
    asked.push(`watch ${own}`);
    watched.resolve();
    return () => void asked.push(`leave ${own}`);
  };
  const subscriptions = new Subscriptions({ find: async (uri) => ({ namespace: "only", own: uri }), watch, limits: DEFAULT_LIMITS });
  const makeServer = () =>
    createServer(
      {
        instructions: "",
        tool: async () => ({ name: "execute_code", inputSchema: { type: "object" } }),
        execute: () => Promise.reject(new Error("nothing is run here")),
        meet: () => undefined,
        hear: async (level) => void asked.push(`hear ${level}`),
        passthrough: NO_PASSTHROUGH,
        offers: { ...NO_OFFERS.offers, features: { resources: true, prompts: false, completions: false, logging: true } },
        subscriptions,
        result: { structuredContent: false },
        limits: DEFAULT_LIMITS,
      },
      errandsOf(),
      "legacy",
    );
  const events = new EventMemory(DEFAULT_LIMITS);
  const sessions = new Sessions(store, makeServer, { keepAliveMs: 15_000, maxBodyBytes: 100_000, busyMs: 0, maxSessions: 10, events });
  return { sessions, asked, watched: watched.promise };
}

it("what a session has asked to be told is asked again in a Workspace that was evicted and made anew", async () => {
  const store = new MapSessionStore();
  let workspace = workspaceOf(store);
  const client = new Client({ name: "test", version: "1.0.0" });
  const fetch = (url: string | URL, init?: RequestInit) => workspace.sessions.handle(new Request(url, init));
  const transport = new StreamableHTTPClientTransport(new URL("http://proxy/mcp"), { fetch });
  await client.connect(transport);
  await client.setLoggingLevel("debug");
  await client.setLoggingLevel("info");
  for (const uri of ["x:1", "x:2", "x:1"]) await client.subscribeResource({ uri });
  await client.unsubscribeResource({ uri: "x:2" });
  expect(workspace.asked).toEqual(["hear debug", "hear info", "watch x:1", "watch x:2", "leave x:2"]);
  workspace = workspaceOf(store);
  await client.listTools();
  expect(workspace.asked).toEqual(["hear info"]);
  // Nobody could be told before.
  const id = transport.sessionId ?? "";
  await workspace.sessions.handle(new Request("http://proxy/mcp", { headers: { accept: "text/event-stream", "mcp-session-id": id } }));
  await workspace.watched;
  expect(workspace.asked).toEqual(["hear info", "watch x:1"]);
  await client.unsubscribeResource({ uri: "x:1" });
  workspace = workspaceOf(store);
  await client.listTools();
  expect(workspace.asked).toEqual(["hear info"]);
  await client.close();
});
