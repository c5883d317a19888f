import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { FormBrowser } from "../support/browser.ts";
import { connectAs, linkIn } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const TOKENS = { ANN_TOKEN: "a-token-of-ann-0123456789", BOB_TOKEN: "a-token-of-bob-0123456789", AUTH_TOKEN: "a-token-of-the-owner-0123" };
const WHOAMI = "return await peer.whoami({})";

let peer: OAuthUpstream;
let other: OAuthUpstream;
let proxy: Proxy;
let state: string;
let ann: AskedCaller;
let bob: AskedCaller;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  [peer, other] = await Promise.all([startOAuthUpstream(), startOAuthUpstream()]);
  proxy = await startProxy(
    {
      mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" }, other: { url: other.upstream.url, auth: "oauth" } },
      callers: { ann: { token: "${env:ANN_TOKEN}" }, bob: { token: "${env:BOB_TOKEN}" } },
    },
    { env: { CODEMODE_STATE: state, ...TOKENS } },
  );
  const as = (token: string) => openAskedCaller({ era: "2026", to: proxy.url, capabilities: {}, token });
  [ann, bob] = await Promise.all([as(TOKENS.ANN_TOKEN), as(TOKENS.BOB_TOKEN)]);
});
afterEach(() => {
  [peer.intercept, peer.metadata] = [undefined, {}];
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await proxy?.stop();
  await Promise.all([peer?.close(), other?.close()]);
  await rm(state, { recursive: true, force: true });
});

/** A link of ann's that nobody has used. */
const freshLink = async (code = WHOAMI) => linkIn(await ann.run(code));
const isCallback = (url: URL) => url.pathname === "/connect/callback";

/** As far as the return from the authorization server, which is held back, with the browser that got there. */
async function atReturn(code = WHOAMI, secret = TOKENS.ANN_TOKEN): Promise<{ browser: FormBrowser; callback: URL }> {
  const browser = new FormBrowser();
  await browser.open(await freshLink(code));
  await browser.submit({ decision: "connect", secret });
  await browser.submit({ login: "alice", password: "any" });
  return { browser, callback: await browser.submit({}, isCallback) };
}

function changed(url: URL, changes: Record<string, string>): URL {
  const copy = new URL(url);
  for (const [name, value] of Object.entries(changes)) copy.searchParams.set(name, value);
  return copy;
}

/** What a person reads, and the status; nothing was connected in ann's name. */
async function refusedWith(browser: FormBrowser): Promise<string> {
  expect(await ann.run(WHOAMI)).toContain("its user has to sign in first");
  return `${browser.status}: ${/<h1>(.*)<\/h1>\s*<p>(.*)<\/p>/.exec(browser.html)?.slice(1).join(": ") ?? browser.html}`;
}

const GONE = "404: Nothing was connected: This link has been used, or is too old. Run the program again for a new one.";

describe("the return from an authorization server", () => {
  it("with a wrong iss is refused", async () => {
    const { browser, callback } = await atReturn();
    await browser.open(changed(callback, { iss: "https://evil.example" }));
    expect(await refusedWith(browser)).toBe(
      "403: Nothing was connected: peer could not be connected: the answer came from another authorization server than the one that was asked. Run the program again for a new link.",
    );
  });

  it("without iss, from a server that says it sends one, is refused", async () => {
    const { browser, callback } = await atReturn();
    const without = new URL(callback);
    without.searchParams.delete("iss");
    await browser.open(without);
    expect(await refusedWith(browser)).toContain("the answer came from another authorization server");
  });

  it("of one upstream with the state of another is refused: a mix-up", async () => {
    const [mine, theirs] = [await atReturn(), await atReturn("return await other.whoami({})")];
    const seen = peer.seen.length;
    await mine.browser.open(changed(theirs.callback, { state: mine.callback.searchParams.get("state") ?? "" }));
    expect(await refusedWith(mine.browser)).toContain("the answer came from another authorization server");
    expect(peer.seen.slice(seen).filter((request) => request.startsWith("POST /token"))).toEqual([]);
  });

  it("with a code that was stolen from another sign-in is refused: PKCE", async () => {
    const [mine, theirs] = [await atReturn(), await atReturn()];
    await mine.browser.open(changed(mine.callback, { code: theirs.callback.searchParams.get("code") ?? "" }));
    expect(await refusedWith(mine.browser)).toContain("its authorization server refuses (invalid_grant)");
  });

  it("in another browser is refused, and not possible in the right one after that: a session cannot be planted", async () => {
    const { browser, callback } = await atReturn();
    const victim = new FormBrowser();
    await victim.open(callback);
    expect(await refusedWith(victim)).toBe("403: Nothing was connected: This sign-in was begun in another browser. Nothing was connected.");
    await browser.open(callback);
    expect(await refusedWith(browser)).toBe(GONE.replace("404", "403"));
  });

  it("with a state that nobody has given out is refused", async () => {
    const { browser, callback } = await atReturn();
    await browser.open(changed(callback, { state: "A".repeat(43) }));
    expect(await refusedWith(browser)).toBe(GONE);
    await browser.open(new URL("/connect/callback?code=x", proxy.origin));
    expect(await refusedWith(browser)).toBe(GONE);
  });

  it("with an error says so in our words, and nothing that stands in the URL", async () => {
    const { browser, callback } = await atReturn();
    const declined = changed(callback, { error: "access_denied", error_description: "<b>call 555-evil</b>" });
    declined.searchParams.delete("code");
    await browser.open(declined);
    expect(await refusedWith(browser)).toContain("peer could not be connected: the sign-in was declined.");
    expect(browser.html).not.toContain("555");
  });
});

describe("a link", () => {
  it("of another caller connects nothing: whoever opens it has to be that caller", async () => {
    const browser = new FormBrowser();
    const link = await freshLink();
    await browser.open(link);
    for (const secret of ["", TOKENS.BOB_TOKEN]) {
      const url = await browser.submit({ decision: "connect", secret });
      expect(url.origin).toBe(proxy.origin);
      expect(browser.status).toBe(403);
      expect(browser.html).toContain("That is not what this caller signs in with.");
    }
  });

  it("is not connected for anybody else by its own caller", async () => {
    const { browser, callback } = await atReturnOfOwner();
    await browser.open(callback);
    expect(browser.html).toContain("peer is connected");
    expect(await ann.run(WHOAMI)).toContain("its user has to sign in first");
    expect(await bob.run(WHOAMI)).toContain("its user has to sign in first");
  });

  it("takes no click that did not come from its page in the same browser: CSRF", async () => {
    const link = await freshLink();
    const page = new FormBrowser();
    await page.open(link);
    const [, csrf = ""] = /name="csrf" value="([^"]*)"/.exec(page.html) ?? [];
    for (const [fields, headers] of [
      [{}, {}],
      [{ csrf }, {}],
      [{ csrf: "A".repeat(43) }, { cookie: `codemode-connect=${"A".repeat(43)}` }],
    ] as const) {
      const body = new URLSearchParams({ decision: "connect", secret: TOKENS.ANN_TOKEN, ...fields });
      const response = await fetch(link, { method: "POST", body, headers, redirect: "manual" });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain("This page was opened in another browser, or cookies are off.");
    }
    const headers = { origin: "https://evil.example" };
    expect((await fetch(link, { method: "POST", body: "csrf=x", headers, redirect: "manual" })).status).toBe(403);
  });

  it("that is only looked at stays good, and its page can be framed by nobody", async () => {
    const link = await freshLink();
    for (let times = 0; times < 3; times += 1) {
      const response = await fetch(link);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(response.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/);
      await response.body?.cancel();
    }
    expect(await freshLink()).toEqual(link);
  });

  it("leads nowhere else: an authorization endpoint that is no page, or not https, is refused", async () => {
    for (const endpoint of ["javascript:alert(1)", "http://evil.example/authorize", "https://bank.example@evil.example/"]) {
      peer.intercept = (request, response) => {
        if (request.url?.includes("/.well-known/") !== true) return false;
        response.writeHead(200, { "content-type": "application/json" }).end(
          JSON.stringify({
            issuer: peer.issuer,
            authorization_endpoint: endpoint,
            token_endpoint: `${peer.issuer}/token`,
            registration_endpoint: `${peer.issuer}/reg`,
            response_types_supported: ["code"],
            code_challenge_methods_supported: ["S256"],
          }),
        );
        return true;
      };
      const browser = new FormBrowser();
      const link = await freshLinkOfBob();
      await browser.open(link);
      // What is no URL of a page is refused with the metadata, the rest before anybody is sent there.
      if (browser.status === 200) await browser.submit({ decision: "connect", secret: TOKENS.BOB_TOKEN });
      expect(browser.url).toEqual(link);
      expect(browser.html).toContain("peer could not be connected");
    }
  });

  it("does not lead to an authorization server that is neither https nor beside the upstream, nor to another resource", async () => {
    peer.metadata = { resource: "https://mcp.bank.example/mcp" };
    const browser = new FormBrowser();
    await browser.open(await freshLinkOfBob());
    expect(browser.html).toContain("its metadata is that of another server");
    peer.metadata = { authorization_servers: ["http://169.254.169.254"] };
    await browser.open(await freshLinkOfBob());
    expect(browser.html).toContain("its authorization server would be at http://169.254.169.254, which is neither https nor beside it");
  });
});

const freshLinkOfBob = async () => linkIn(await bob.run(WHOAMI));

async function atReturnOfOwner(): Promise<{ browser: FormBrowser; callback: URL }> {
  const owner = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {}, token: TOKENS.AUTH_TOKEN });
  const browser = new FormBrowser();
  await browser.open(linkIn(await owner.run(WHOAMI)));
  await browser.submit({ decision: "connect", secret: TOKENS.AUTH_TOKEN });
  await browser.submit({ login: "alice", password: "any" });
  const callback = await browser.submit({}, isCallback);
  await owner.close();
  return { browser, callback };
}

it("after all that, the right person connects", async () => {
  const link = await freshLinkOfBob();
  const browser = new FormBrowser();
  expect(await connectAs("bob", link, browser, TOKENS.BOB_TOKEN)).toContain("peer is connected");
  expect(await bob.run(WHOAMI)).toBe("whoami");
  expect(await ann.run(WHOAMI)).toContain("its user has to sign in first");
});

it("nobody guesses what a caller signs in with", async () => {
  const browser = new FormBrowser();
  await browser.open(await freshLink());
  for (let tries = 0; tries < DEFAULT_LIMITS.signInTries; tries += 1) await browser.submit({ decision: "connect", secret: "a guess" });
  expect(browser.html).toContain("That is not what this caller signs in with.");
  await browser.submit({ decision: "connect", secret: TOKENS.ANN_TOKEN });
  expect(browser.html).toContain("Too many tries: signInTries = 10 within 15 minutes.");
});
