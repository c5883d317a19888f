import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { connectAs, linkIn } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { text } from "../support/upstreams.ts";

let peer: OAuthUpstream;
let proxy: Proxy;
let state: string;
let caller: AskedCaller;

const config = () => ({ mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" } } });
const start = async () => startProxy(config(), { env: { CODEMODE_STATE: state } });
const WHOAMI = "return await peer.whoami({})";

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  peer = await startOAuthUpstream();
  proxy = await start();
  caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {} });
});
afterEach(async () => {
  await caller.close();
  await proxy.stop();
  await peer.close();
  await rm(state, { recursive: true, force: true });
});

async function connected(): Promise<void> {
  expect(await connectAs("alice", linkIn(await caller.run(WHOAMI)))).toContain("peer is connected");
}

const renewals = () => peer.seen.filter((request) => request === "POST /token refresh_token").length;
/** The upstream takes none of the tokens any more that were given out so far. */
const refuseAll = () => peer.tokens.forEach((token) => peer.refused.add(token));
async function revokeAll(): Promise<void> {
  for (const token of peer.tokens) await (await peer.provider.RefreshToken.find(token))?.destroy();
  refuseAll();
}

describe("an upstream that is connected by OAuth", () => {
  it("is named by the link that connects it, and fills the catalog then", async () => {
    const { tools } = await caller.client.listTools();
    expect(tools[0]?.description).toContain("- peer: needs sign-in: a call of any of its tools tells the user where");
    expect(await caller.run("return await codemode.namespaces()")).toContain('"status":"sign_in"');
    expect(await caller.run('return await codemode.describe("peer")')).toContain(
      "peer has no tools yet: its user has to sign in first. Call any tool of it to get the link.",
    );
    const before = await caller.run(WHOAMI);
    expect(before).toMatch(/^ERROR /);
    expect(before).toMatch(/peer: its user has to sign in first at http:\/\/127\.0\.0\.1:\d+\/connect\/[\w-]{43}/);
    expect(before).toContain("Show the link to the user, and run the program again when they have signed in.");
    expect(await connectAs("alice", linkIn(before))).toContain("peer is connected");
    expect(await caller.run(WHOAMI)).toBe("whoami");
    expect((await caller.client.listTools()).tools[0]?.description).toContain("- peer: 2 tools");
  });

  it("stays connected when the proxy is started again, from a file that only its user can read and nobody can without the key", async () => {
    await connected();
    await proxy.stop();
    const files = await readdir(join(state, "credentials"));
    expect(files).toHaveLength(1);
    for (const file of [join(state, "credentials", files[0] ?? ""), join(state, "key")])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(join(state, "credentials", files[0] ?? ""), "utf8");
    for (const token of peer.tokens) expect(text).not.toContain(token);
    proxy = await start();
    await caller.close();
    caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {} });
    expect(await caller.run(WHOAMI)).toBe("whoami");
  });

  it("is not connected any more under another key, or at another address", async () => {
    await connected();
    await proxy.stop();
    await rm(join(state, "key"));
    proxy = await start();
    await caller.close();
    caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {} });
    expect(await caller.run(WHOAMI)).toContain("its user has to sign in first");
  });

  it("is connected over stdio, too, where there is a port for nothing else", async () => {
    const { folder, file } = await writeConfig(config());
    const over = await openAskedCaller({
      era: "2025",
      to: file,
      capabilities: {},
      env: { ...process.env, CODEMODE_STATE: state } as never,
    });
    const link = linkIn(await over.run(WHOAMI));
    expect((await fetch(new URL("/mcp", link), { method: "POST" })).status).toBe(404);
    expect((await fetch(new URL("/healthz", link))).status).toBe(404);
    expect(await connectAs("alice", link)).toContain("peer is connected");
    expect(await over.run(WHOAMI)).toBe("whoami");
    // Another process of the same user learns of it by itself.
    expect(await caller.run(WHOAMI)).toContain("whoami");
    await over.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe("a caller that can be asked", () => {
  it.each(["2025", "2026"] as const)("is sent to the page, and the program goes on by itself (%s)", async (era) => {
    const asked = await openAskedCaller({
      era,
      to: proxy.url,
      answer: ({ params }) => {
        void connectAs("alice", new URL(String(params["url"])));
        return { action: "accept" };
      },
    });
    expect(await asked.run("return await Promise.all([peer.whoami({}), peer.write({}), peer.whoami({})])")).toContain("whoami");
    expect(asked.asked).toHaveLength(1);
    expect(asked.asked[0]?.params).toMatchObject({
      mode: "url",
      message: "peer: its user has to sign in first. The program waits, and goes on by itself.",
    });
    await asked.close();
  });

  it("may say no", async () => {
    const asked = await openAskedCaller({ era: "2026", to: proxy.url, answer: () => ({ action: "decline" }) });
    expect(await asked.run(WHOAMI)).toContain("peer: its user has to sign in first, and the user does not want to now");
    await asked.close();
  });
});

it("a program that waits for its user waits for connectMs", async () => {
  const impatient = await startProxy({ ...config(), limits: { connectMs: 300 } }, { env: { CODEMODE_STATE: state } });
  const asked = await openAskedCaller({ era: "2026", to: impatient.url, answer: () => ({ action: "accept" }) });
  const answer = await asked.run(WHOAMI);
  expect(answer).toContain("peer: its user has not signed in within connectMs = 300 ms");
  expect(answer).toContain("Run the program again for a new link.");
  await asked.close();
  await impatient.stop();
});

describe("a token that is refused", () => {
  it("is renewed by one request, however many calls need it", async () => {
    await connected();
    refuseAll();
    expect(await caller.run("return (await Promise.all(Array.from({ length: 20 }, () => peer.whoami({})))).join()")).toBe(
      Array.from({ length: 20 }, () => "whoami").join(),
    );
    expect(renewals()).toBe(1);
  });

  it("is renewed by one of two processes, and the other takes what that has got", async () => {
    await connected();
    const other = await start();
    const second = await openAskedCaller({ era: "2026", to: other.url, capabilities: {} });
    expect(await second.run(WHOAMI)).toBe("whoami");
    refuseAll();
    expect(await Promise.all([caller.run(WHOAMI), second.run(WHOAMI)])).toEqual(["whoami", "whoami"]);
    expect(renewals()).toBe(1);
    await second.close();
    await other.stop();
  });

  it("that cannot be renewed any more, because it was revoked, asks for another sign-in, which works", async () => {
    await connected();
    await revokeAll();
    const failed = await caller.run(WHOAMI);
    expect(failed).toContain("peer.whoami: peer: its user has to sign in again at http://127.0.0.1:");
    expect(await connectAs("alice", linkIn(failed))).toContain("peer is connected");
    expect(await caller.run(WHOAMI)).toBe("whoami");
    expect(peer.seen.filter((request) => request === "POST /reg")).toHaveLength(1);
  });

  it("whose refresh token somebody else has used asks for another sign-in", async () => {
    await connected();
    const [refreshToken] = (await Promise.all([...peer.tokens].map((token) => peer.provider.RefreshToken.find(token)))).filter(
      (found) => found !== undefined,
    );
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: refreshToken?.jti ?? "",
      client_id: refreshToken?.clientId ?? "",
    });
    expect((await fetch(`${peer.issuer}/token`, { method: "POST", body })).status).toBe(200);
    refuseAll();
    expect(await caller.run(WHOAMI)).toContain("its user has to sign in again at");
  });

  it("is kept while its authorization server is away", async () => {
    await connected();
    refuseAll();
    peer.intercept = (_request, response) => {
      response.writeHead(503).end("away");
      return true;
    };
    const failed = await caller.run(WHOAMI);
    expect(failed).toContain("its authorization server cannot renew the token at the moment");
    expect(failed).toContain("Try again later: nothing is lost.");
    peer.intercept = undefined;
    expect(await caller.run(WHOAMI)).toBe("whoami");
  });
});

describe("a scope that is missing", () => {
  it("is asked for at the next sign-in, beside those that there are", async () => {
    peer.metadata = { scopes_supported: ["read"] };
    await connected();
    peer.needed = "write";
    const failed = await caller.run("return await peer.write({})");
    expect(failed).toContain("peer.write: peer: its user has to allow more there (write) at http://127.0.0.1:");
    const link = linkIn(failed);
    const page = await (await fetch(link)).text();
    expect(page).toContain("<dd>write, read, offline_access</dd>");
    expect(await connectAs("alice", link)).toContain("peer is connected");
    expect(await caller.run("return await peer.write({})")).toBe("write");
  });

  it("of one call does not end the others that are under way", async () => {
    peer.metadata = { scopes_supported: ["read"] };
    await connected();
    const held = Promise.withResolvers<object>();
    peer.upstream.script.call = ({ name, arguments: args }) => (args["hold"] === true ? held.promise : text(name));
    const running = caller.run("return await peer.whoami({ hold: true })");
    await peer.upstream.called;
    peer.needed = "write";
    expect(await connectAs("alice", linkIn(await caller.run("return await peer.write({})")))).toContain("peer is connected");
    held.resolve(text("let go"));
    expect(await running).toBe("let go");
    expect(await caller.run("return await peer.write({})")).toBe("write");
  });

  it("that is there already is not asked for again: the refusal is told", async () => {
    peer.metadata = { scopes_supported: ["read", "write"] };
    await connected();
    peer.needed = "write";
    peer.stubborn = true;
    expect(await caller.run("return await peer.write({})")).toContain(
      "peer.write: it refuses the call (HTTP 403, insufficient_scope), although its user has allowed all",
    );
  });
});
