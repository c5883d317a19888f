import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import { connectAs, linkIn } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

let peer: OAuthUpstream;
let proxy: Proxy;
let state: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  peer = await startOAuthUpstream();
  proxy = await startProxy({ mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" } } }, { env: { CODEMODE_STATE: state } });
});
afterAll(async () => {
  await proxy?.stop();
  await peer?.close();
  await rm(state, { recursive: true, force: true });
});

describe("an upstream that is connected by OAuth", () => {
  it("is named by the link that connects it, and fills the catalog then", async () => {
    const caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {} });
    const before = await caller.run("return await peer.whoami({})");
    expect(before).toMatch(/^ERROR /);
    expect(before).toContain("peer: its user has to sign in first at http://127.0.0.1:");
    expect(before).toContain("Show the link to the user, and run the program again when they have signed in.");
    expect(await connectAs("alice", linkIn(before))).toContain("peer is connected");
    expect(await caller.run("return await peer.whoami({})")).toBe("whoami");
    await caller.close();
  });
});
