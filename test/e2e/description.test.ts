import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";
import { LISTINGS } from "../unit/catalog/fixtures.ts";

const SERVERS = ["memory", "filesystem", "sentry"];
const MAX_CHARS = 9_000;
const peers: ScriptedUpstream[] = [];
let proxy: Proxy;

beforeAll(async () => {
  const mcpServers: Record<string, { url: string }> = {};
  for (const { key, tools } of LISTINGS.filter((listing) => SERVERS.includes(listing.key))) {
    const peer = await startUpstream("legacy", { pages: [[...tools]], call: () => text("") });
    peers.push(peer);
    mcpServers[key] = { url: peer.url };
  }
  const schema = { type: "object", properties: { source: { type: "string" } }, required: ["source"] };
  const portal = await startUpstream("legacy", { pages: [[{ name: "portal", inputSchema: schema }]], call: () => text("") });
  peers.push(portal);
  mcpServers.portal = { url: `${portal.url}?codemode=search_and_execute` };
  proxy = await startProxy({ mcpServers, description: { maxChars: MAX_CHARS } });
});
afterAll(() => Promise.all([proxy?.stop(), ...peers.map((peer) => peer.close())]));

const info = { name: "e2e", version: "1.0.0" };

/** The description that a caller of each era is shown at a URL. */
const SHOWN: Readonly<Record<string, (url: URL) => Promise<string>>> = {
  "a 2025 caller": async (url) => {
    const client = new LegacyClient(info);
    await client.connect(new LegacyHttp(url));
    const { tools } = await client.listTools();
    await client.close();
    return tools[0]?.description ?? "";
  },
  "a 2026 caller": async (url) => {
    const client = new ModernClient(info, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
    await client.connect(new ModernHttp(url));
    const { tools } = await client.listTools();
    await client.close();
    return tools[0]?.description ?? "";
  },
};

describe.each(Object.entries(SHOWN))("%s", (_name, shownAt) => {
  it("is shown as much as the configuration allows", async () => {
    const description = await shownAt(proxy.url);
    expect(description.length).toBeLessThanOrEqual(MAX_CHARS);
    expect(description.length).toBeGreaterThan(MAX_CHARS / 2);
    for (const name of SERVERS) expect(description).toContain(`declare const ${name}: `);
  });

  it("is told that a server takes programs itself, as its URL asks it to", async () => {
    expect(await shownAt(proxy.url)).toContain("\n- portal: 1 tool; portal takes a program of its own, as text");
  });

  it.each([2_000, 4_000, 100_000])("may ask for %i characters in the URL", async (budget) => {
    const description = await shownAt(new URL(`?description=${budget}`, proxy.url));
    expect(description.length).toBeLessThanOrEqual(budget);
    for (const name of SERVERS) expect(description.slice(0, 1_800)).toContain(`- ${name}: `);
    if (budget === 100_000) expect(description).not.toMatch(/Shortened|Without remarks|Names alone|Not shown/);
  });
});

describe("a size that is none", () => {
  it.each(["", "1999", "1000001", "2e3", "-2000", "2000.5", "many", "%00"])("is refused: %j", async (said) => {
    const response = await fetch(new URL(`?description=${said}`, proxy.url), { method: "POST", body: "{}" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: "?description= takes the most characters that the description may have, a whole number from 2000 to 1000000." },
    });
  });
});
