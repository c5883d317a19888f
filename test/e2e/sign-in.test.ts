import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormBrowser } from "../support/browser.ts";
import { connectWithOAuth, OAuthMemory } from "../support/oauth-client.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const PASSPHRASE = "correct horse battery staple";
const LAPTOP = "laptop-token-0123456789";
const CONFIG = {
  mcpServers: { dead: { url: "http://127.0.0.1:9/mcp" } },
  signIn: { passphrase: "${env:OWNER_PASSPHRASE}" },
  callers: { laptop: { token: "${env:LAPTOP_TOKEN}" } },
  limits: { signInTries: 3 },
};
const ENV = { OWNER_PASSPHRASE: PASSPHRASE, LAPTOP_TOKEN: LAPTOP, AUTH_TOKEN: "owner-token-0123456789" };
let proxy: Proxy;

beforeAll(async () => {
  proxy = await startProxy(CONFIG, { env: ENV });
});
afterAll(() => proxy?.stop());

const toClient = (url: URL) => url.port === "53682";

/** Signs in with the passphrase on the consent page. */
async function signIn(url: URL): Promise<URL> {
  const browser = new FormBrowser();
  await browser.open(url);
  return browser.submit({ decision: "approve", passphrase: PASSPHRASE }, toClient);
}

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "e2e", version: "1" } },
});

async function post(body: string, token: string | undefined, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(proxy.url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
}

/** A public client that has registered itself. */
async function register(origin = proxy.origin, ...redirectUris: string[]): Promise<string> {
  const body = JSON.stringify({
    client_name: "raw",
    redirect_uris: redirectUris.length === 0 ? ["http://127.0.0.1:53682/callback"] : redirectUris,
    token_endpoint_auth_method: "none",
  });
  const response = await fetch(`${origin}/oauth/register`, { method: "POST", body, headers: { "content-type": "application/json" } });
  return ((await response.json()) as { client_id: string }).client_id;
}

const VERIFIER = "a-verifier-of-forty-three-characters-or-more-0123456789";

async function authorizeUrl(changes: Record<string, string> = {}): Promise<URL> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(VERIFIER));
  const url = new URL(`${proxy.origin}/authorize`);
  const parameters = {
    response_type: "code",
    client_id: changes["client_id"] ?? (await register()),
    redirect_uri: "http://127.0.0.1:53682/callback",
    state: "the-state",
    scope: "mcp",
    resource: proxy.url.href,
    code_challenge: Buffer.from(digest).toString("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

async function exchange(code: string, url: URL, changes: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    client_id: url.searchParams.get("client_id") ?? "",
    redirect_uri: url.searchParams.get("redirect_uri") ?? "",
    code_verifier: VERIFIER,
    ...changes,
  });
  return fetch(`${proxy.origin}/oauth/token`, { method: "POST", body });
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

async function tokensOf(response: Response): Promise<Tokens> {
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

const refresh = (token: string, url: URL) =>
  fetch(`${proxy.origin}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: token, client_id: url.searchParams.get("client_id") ?? "" }),
  });

describe("a client that knows OAuth", () => {
  it("registers, sends its user to the consent page, and runs programs", async () => {
    const memory = new OAuthMemory();
    const client = await connectWithOAuth(proxy.url, memory, signIn);
    const result = await client.callTool({ name: "execute_code", arguments: { code: "return 6 * 7" } });
    expect(result.content).toEqual([{ type: "text", text: "42" }]);
    expect(memory.saved).toMatchObject({ token_type: "bearer", refresh_token: expect.any(String) });
    await client.close();
  });

  it("goes on with its refresh token when the access token is gone", async () => {
    const memory = new OAuthMemory();
    await (await connectWithOAuth(proxy.url, memory, signIn)).close();
    const old = memory.saved?.refresh_token;
    memory.saved = { ...memory.saved, access_token: "owner:expired:0", token_type: "bearer" };
    memory.sentTo = undefined;
    const client = await connectWithOAuth(proxy.url, memory, signIn);
    expect((await client.listTools()).tools).toHaveLength(1);
    expect(memory.sentTo).toBeUndefined();
    expect(memory.saved?.refresh_token).not.toBe(old);
    await client.close();
  });

  it("signs in at a profile as well, and may use the others then", async () => {
    const memory = new OAuthMemory();
    const readonly = new URL("/mcp/readonly", proxy.origin);
    const client = await connectWithOAuth(readonly, memory, signIn);
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
    memory.sentTo = undefined;
    await (await connectWithOAuth(proxy.url, memory, signIn)).close();
    expect(memory.sentTo).toBeUndefined();
  });

  it("is told by the challenge where the metadata is, and by the metadata what there is", async () => {
    const response = await post(initialize, undefined);
    expect(response.status).toBe(401);
    const metadata = `${proxy.origin}/.well-known/oauth-protected-resource/mcp`;
    expect(response.headers.get("www-authenticate")).toContain(`resource_metadata="${metadata}"`);
    expect(await (await fetch(metadata)).json()).toMatchObject({
      resource: proxy.url.href,
      authorization_servers: [proxy.origin],
      scopes_supported: ["mcp"],
    });
    expect(await (await fetch(`${proxy.origin}/.well-known/oauth-authorization-server`)).json()).toMatchObject({
      issuer: proxy.origin,
      authorization_endpoint: `${proxy.origin}/authorize`,
      token_endpoint: `${proxy.origin}/oauth/token`,
      registration_endpoint: `${proxy.origin}/oauth/register`,
      code_challenge_methods_supported: ["S256"],
      client_id_metadata_document_supported: true,
      authorization_response_iss_parameter_supported: true,
    });
  });
});

describe("the consent page", () => {
  it("shows the client, where the grant goes and what it means, and nothing of the client as markup", async () => {
    const memory = new OAuthMemory();
    await connectWithOAuth(proxy.url, memory, signIn);
    const browser = new FormBrowser();
    if (memory.sentTo === undefined) throw new Error("the client sent nobody to sign in");
    await browser.open(memory.sentTo);
    expect(browser.html).toContain("A &lt;b&gt;test&lt;/b&gt; client");
    expect(browser.html).not.toContain("<b>test</b>");
    expect(browser.html).toContain('<dd id="redirect-host">127.0.0.1</dd>');
    expect(browser.html).toContain("a program on this computer");
    expect(browser.html).toContain("nobody has verified its name");
  });

  it("cannot be framed, runs no script, is not kept", async () => {
    const response = await fetch(await authorizeUrl());
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(response.headers.get("cache-control")).toBe("no-store");
    await response.body?.cancel();
  });

  it("sends a person who declines back with access_denied, the state and the issuer", async () => {
    const browser = new FormBrowser();
    await browser.open(await authorizeUrl());
    const { searchParams } = await browser.submit({ decision: "deny" }, toClient);
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: "access_denied", state: "the-state", iss: proxy.origin });
  });

  it("asks again after a wrong passphrase, and refuses after signInTries, the right one included", async () => {
    const other = await startProxy(CONFIG, { env: ENV });
    const browser = new FormBrowser();
    const url = await authorizeUrl();
    url.searchParams.set("client_id", await register(other.origin));
    url.searchParams.set("resource", other.url.href);
    await browser.open(new URL(url.pathname + url.search, other.origin));
    for (const passphrase of ["", "wrong", `${PASSPHRASE} `]) {
      await browser.submit({ decision: "approve", passphrase });
      expect(browser.status).toBe(403);
      expect(browser.html).toContain("That is not the passphrase.");
    }
    await browser.submit({ decision: "approve", passphrase: PASSPHRASE });
    expect(browser.html).toContain("Too many tries: signInTries = 3 within 15 minutes.");
    await other.stop();
  });

  it("refuses after signInTriesInAll from however many addresses, for as long as signInMs says", async () => {
    const limits = { signInTries: 2, signInTriesInAll: 3, signInMs: 5_000 };
    const other = await startProxy({ ...CONFIG, limits }, { env: ENV });
    const url = await authorizeUrl();
    url.searchParams.set("client_id", await register(other.origin));
    url.searchParams.set("resource", other.url.href);
    const say = async (address: string, passphrase: string) => {
      const browser = new FormBrowser({ "cf-connecting-ip": address });
      await browser.open(new URL(url.pathname + url.search, other.origin));
      const arrived = await browser.submit({ decision: "approve", passphrase }, toClient);
      return toClient(arrived) ? "signed in" : browser.html;
    };
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.2"]) {
      expect(await say(address, "wrong")).toContain("That is not the passphrase.");
    }
    expect(await say("192.0.2.1", PASSPHRASE)).toContain("Too many tries: signInTries = 2 within 1 minutes.");
    expect(await say("192.0.2.3", PASSPHRASE)).toContain("Too many tries: signInTriesInAll = 3 within 1 minutes.");
    let told: string;
    do told = await say("192.0.2.3", PASSPHRASE);
    while (told.includes("signInTriesInAll = 3"));
    expect(told).toBe("signed in");
    await other.stop();
  });

  it("takes a form from the browser that it was shown in, and once", async () => {
    const browser = new FormBrowser();
    await browser.open(await authorizeUrl());
    const stranger = new FormBrowser();
    stranger.url = browser.url;
    stranger.html = browser.html;
    await stranger.submit({ decision: "approve", passphrase: PASSPHRASE });
    expect(stranger.status).toBe(400);
    expect(stranger.html).toContain("Nothing was granted");
    expect((await browser.submit({ decision: "approve", passphrase: PASSPHRASE }, toClient)).searchParams.has("code")).toBe(true);
    await browser.submit({ decision: "approve", passphrase: PASSPHRASE });
    expect(browser.status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ["an address that the client has not registered", { redirect_uri: "https://evil.example/callback" }],
    ["a client that nobody knows", { client_id: "nobody" }],
    ["a script as the address", { redirect_uri: "javascript:alert(1)" }],
  ])("redirects nobody to %s", async (_name, changes) => {
    const response = await fetch(await authorizeUrl(changes), { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("Nothing was granted");
  });

  it.each([{ code_challenge_method: "plain" }, { code_challenge: "" }])("asks for PKCE with S256: %j", async (changes) => {
    const response = await fetch(await authorizeUrl(changes), { redirect: "manual" });
    expect(new URL(response.headers.get("location") ?? "").searchParams.get("error")).toBe("invalid_request");
  });

  it("refuses another resource", async () => {
    const response = await fetch(await authorizeUrl({ resource: "https://other.example/mcp" }), { redirect: "manual" });
    expect(new URL(response.headers.get("location") ?? "").searchParams.get("error")).toBe("invalid_target");
  });
});

describe("a code", () => {
  it("is worth nothing without the verifier, for another client, or a second time", async () => {
    const url = await authorizeUrl();
    const code = (await signIn(url)).searchParams.get("code") ?? "";
    expect((await exchange(code, url, { code_verifier: VERIFIER.replace("a", "b") })).status).toBe(400);
    expect((await exchange(code, url, { client_id: await register() })).status).toBe(400);
    const { access_token: token } = await tokensOf(await exchange(code, url));
    expect((await post(initialize, token)).status).toBe(200);
    expect((await exchange(code, url)).status).toBe(400);
  });
});

describe("a client of a vendor", () => {
  it.each([
    "https://claude.ai/api/mcp/auth_callback",
    "https://claude.com/api/mcp/auth_callback",
    "https://chatgpt.com/connector_platform_oauth_redirect",
    "https://vscode.dev/redirect",
    "http://localhost:3118/callback",
  ])("gets its code at %s, and comes in with it", async (redirectUri) => {
    // Cursor lists an address of its own scheme, where no code is sent, beside one that will do.
    const clientId = await register(proxy.origin, "cursor://anysphere.cursor-mcp/oauth/callback", redirectUri);
    const url = await authorizeUrl({ client_id: clientId, redirect_uri: redirectUri });
    const browser = new FormBrowser();
    await browser.open(url);
    const end = await browser.submit({ decision: "approve", passphrase: PASSPHRASE }, ({ href }) => href.startsWith(redirectUri));
    const { access_token: token } = await tokensOf(await exchange(end.searchParams.get("code") ?? "", url));
    expect((await post(initialize, token)).status).toBe(200);
  });
});

describe("tokens", () => {
  it("rotate, and end when they are revoked", async () => {
    const url = await authorizeUrl();
    const first = await tokensOf(await exchange((await signIn(url)).searchParams.get("code") ?? "", url));
    const second = await tokensOf(await refresh(first.refresh_token, url));
    const third = await tokensOf(await refresh(second.refresh_token, url));
    // The one before the last is kept for a client that lost an answer; what is older has been stolen, or is worth as little.
    expect((await refresh(first.refresh_token, url)).status).toBe(400);
    const body = new URLSearchParams({ token: third.refresh_token, client_id: url.searchParams.get("client_id") ?? "" });
    expect((await fetch(`${proxy.origin}/oauth/token`, { method: "POST", body })).status).toBe(200);
    expect((await post(initialize, third.access_token)).status).toBe(401);
    expect((await refresh(third.refresh_token, url)).status).toBe(400);
  });

  it("that nobody issued get the challenge", async () => {
    for (const token of ["x", "owner:a:b", LAPTOP.slice(1), `${LAPTOP}x`]) expect((await post(initialize, token)).status).toBe(401);
  });
});

describe("callers", () => {
  it("with a token of their own come in, and never see another's Workspace", async () => {
    const opened = await post(initialize, LAPTOP);
    expect(opened.status).toBe(200);
    const session = { "mcp-session-id": opened.headers.get("mcp-session-id") ?? "" };
    const list = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list" });
    expect((await post(list, LAPTOP, session)).status).toBe(200);
    // Known there, unknown here: the session is not even looked for in the other caller's Workspace.
    expect((await post(list, ENV.AUTH_TOKEN, session)).status).toBe(404);
  });

  it("who are not the owner see of the upstreams' state what strangers see", async () => {
    const upstreamsFor = async (token: string) => {
      const response = await fetch(`${proxy.origin}/healthz`, { headers: { authorization: `Bearer ${token}` } });
      return ((await response.json()) as { upstreams: unknown }).upstreams;
    };
    expect(await upstreamsFor(ENV.AUTH_TOKEN)).toMatchObject({ dead: { status: "unavailable", why: expect.any(String) } });
    for (const token of [LAPTOP, "nobody"]) expect(await upstreamsFor(token)).toEqual({ dead: { status: "unavailable" } });
  });
});
