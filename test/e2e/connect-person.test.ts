import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@modelcontextprotocol/client";
import { FormBrowser } from "../support/browser.ts";
import { linkIn } from "../support/connect.ts";
import { startIdentityProvider } from "../support/identity-provider.ts";
import type { IdentityProvider } from "../support/identity-provider.ts";
import { connectWithOAuth, OAuthMemory } from "../support/oauth-client.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const SECRET = "a-client-secret-0123456789";
let door: IdentityProvider;
let peer: OAuthUpstream;
let proxy: Proxy;
let state: string;
let alice: Client;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  [door, peer] = await Promise.all([startIdentityProvider({ id: "proxy", secret: SECRET }), startOAuthUpstream()]);
  const oidc = { issuer: door.issuer, clientId: "proxy", clientSecret: "${env:OIDC_SECRET}", allow: { subjects: ["alice", "carol"] } };
  proxy = await startProxy(
    { mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" } }, signIn: { oidc } },
    { env: { CODEMODE_STATE: state, OIDC_SECRET: SECRET } },
  );
  alice = await connectWithOAuth(proxy.url, new OAuthMemory(), async (url) => {
    const browser = new FormBrowser();
    await browser.open(url);
    await browser.submit({ decision: "approve" });
    await browser.submit({ login: "alice", password: "any" });
    return browser.submit({}, (at) => at.port === "53682");
  });
});
afterAll(async () => {
  await alice?.close();
  await proxy?.stop();
  await Promise.all([door?.stop(), peer?.close()]);
  await rm(state, { recursive: true, force: true });
});

async function run(): Promise<string> {
  const { content } = await alice.callTool({ name: "execute_code", arguments: { code: "return await peer.whoami({})" } });
  return JSON.stringify(content);
}

/** Opens the link, says yes, and signs in at the proxy's own provider as `person`. */
async function openAs(person: string, link: URL, stopAt?: (url: URL) => boolean): Promise<FormBrowser> {
  const browser = new FormBrowser();
  await browser.open(link);
  expect(browser.html).toContain(`First you sign in at <strong>${new URL(door.issuer).host}</strong>`);
  await browser.submit({ decision: "connect" });
  expect(browser.url.origin).toBe(door.issuer);
  await browser.submit({ login: person, password: "any" });
  await browser.submit({}, stopAt);
  return browser;
}

it("the link of one person connects nothing for another, whom the provider knows as well", async () => {
  const link = linkIn(await run());
  const browser = await openAs("carol", link);
  expect(browser.status).toBe(403);
  expect(browser.html).toContain("This link is for another person than the one who has signed in.");
  expect((await openAs("bob", link)).html).toContain("This person may not use this proxy.");
  expect(peer.seen.filter((request) => request.startsWith("GET /auth"))).toEqual([]);
});

it("nobody gets past the provider by saying something in the form", async () => {
  const browser = new FormBrowser();
  await browser.open(linkIn(await run()));
  await browser.submit({ decision: "connect", secret: "anything at all" });
  expect(browser.url.origin).toBe(door.issuer);
});

it("a sign-in that was begun in another browser is refused, and so is a second return", async () => {
  let callback = new URL("about:blank");
  const browser = await openAs("alice", linkIn(await run()), (url) => {
    if (url.pathname === "/oauth/callback") callback = url;
    return url.pathname === "/oauth/callback";
  });
  const victim = new FormBrowser();
  await victim.open(callback);
  expect(victim.html).toContain("This sign-in was begun in another browser.");
  await browser.open(callback);
  expect(browser.html).toContain("This sign-in has been used, or is too old.");
});

it("the right person signs in at the door, then at the upstream's own server, and is connected", async () => {
  const browser = await openAs("alice", linkIn(await run()));
  expect(browser.url.origin).toBe(peer.issuer);
  await browser.submit({ login: "alice-there", password: "any" });
  await browser.submit({});
  expect(browser.html).toContain("peer is connected");
  expect(await run()).toContain("whoami");
});
