import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../../src/upstream/authorization.ts";
import { authorizationFetch } from "../../../src/upstream/authorization-fetch.ts";
import { isSignInNeeded, UpstreamAuth } from "../../../src/upstream/upstream-auth.ts";
import { credentialMemory, vaultOf } from "../../support/credential-memory.ts";

/** What the token endpoint answers next: a status and a body. */
type Scripted = readonly [status: number, body: object | string];

let origin: string;
let stop: () => void;
let answers: Scripted[];
let sent: URLSearchParams[];
/** Tokens that the upstream was shown. */
let shown: (string | undefined)[];
let accepted: Set<string>;
let now: number;
let store: ReturnType<typeof credentialMemory>;
let logged: string[];

beforeEach(async () => {
  [answers, sent, shown, accepted, now, store, logged] = [
    [],
    [],
    [],
    new Set(["first", "second", "third"]),
    1_000_000,
    credentialMemory(),
    [],
  ];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => stop());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  if (request.url === "/token") {
    sent.push(new URLSearchParams(body));
    const [status, said] = answers.shift() ?? [500, "nothing is scripted"];
    return void response
      .writeHead(status, { "content-type": "application/json" })
      .end(typeof said === "string" ? said : JSON.stringify(said));
  }
  const [, token] = /^Bearer (.*)$/.exec(request.headers.authorization ?? "") ?? [];
  shown.push(token);
  response.writeHead(token !== undefined && accepted.has(token) ? 200 : 401).end(token);
}

const tokens = (name: string, seconds?: number) => ({
  access_token: name,
  refresh_token: `${name}-refresh`,
  token_type: "Bearer",
  ...(seconds !== undefined && { expires_in: seconds }),
});

/** Connected with a token that has to be renewed at 80 s and ends at 100 s. */
async function connectedAuth(): Promise<UpstreamAuth> {
  const auth = newAuth();
  const client = { client_id: "proxy" };
  const base = { issuer: origin, server: origin, client, redirectUri: `${origin}/connect/callback`, resource: `${origin}/mcp` };
  await auth.connected({ ...base, tokens: tokens("first"), expiresAt: now + 100_000, renewAt: now + 80_000 });
  return auth;
}

function newAuth(): UpstreamAuth {
  const url = new URL(`${origin}/mcp`);
  return new UpstreamAuth("peer", url, {
    vault: vaultOf(store),
    send: authorizationFetch(url, 5_000),
    now: () => now,
    log: (line) => void logged.push(line),
  });
}

const use = async (auth: UpstreamAuth) => (await auth.fetch(`${origin}/mcp`)).text();
const many = (auth: UpstreamAuth) => Promise.all(Array.from({ length: 20 }, () => use(auth)));
const why = (auth: UpstreamAuth) =>
  use(auth).then(
    () => "nothing was thrown",
    (error: unknown) => `${isSignInNeeded(error) ? "sign in: " : ""}${(error as Error).message}`,
  );

describe("a token", () => {
  it("is used until it is time, and renewed by one request before its end", async () => {
    const auth = await connectedAuth();
    now += 79_999;
    expect(await many(auth)).toEqual(Array.from({ length: 20 }, () => "first"));
    expect(sent).toHaveLength(0);
    now += 1;
    answers.push([200, tokens("second", 1_000)]);
    expect(await many(auth)).toEqual(Array.from({ length: 20 }, () => "second"));
    expect(sent.map((body) => Object.fromEntries(body))).toEqual([
      { grant_type: "refresh_token", refresh_token: "first-refresh", client_id: "proxy", resource: `${origin}/mcp` },
    ]);
    // Never earlier than a minute before the end.
    now += 939_999;
    expect(await use(auth)).toBe("second");
    now += 1;
    answers.push([200, { access_token: "third", token_type: "Bearer" }]);
    expect(await use(auth)).toBe("third");
    expect(sent.at(-1)?.get("refresh_token")).toBe("second-refresh");
  });

  it("without an end is used until it is refused, and then renewed by one request", async () => {
    const auth = await connectedAuth();
    await auth.connected({ ...withoutEnd((await auth.grant()) ?? never()), tokens: tokens("first") });
    now += 10_000_000;
    expect(await use(auth)).toBe("first");
    accepted.delete("first");
    answers.push([200, tokens("second")]);
    expect(await many(auth)).toEqual(Array.from({ length: 20 }, () => "second"));
    expect(sent).toHaveLength(1);
  });

  it("that is renewed in vain is not renewed again and again", async () => {
    const auth = await connectedAuth();
    accepted.clear();
    answers.push([200, tokens("second", 1_000)]);
    expect(await why(auth)).toBe("sign in: it does not accept its token any more: its user has to sign in again");
    expect(shown).toEqual(["first", "second"]);
  });

  it("of a server that is away is used to its end", async () => {
    const auth = await connectedAuth();
    now += 90_000;
    answers.push([503, "<html>secret-of-the-server</html>"]);
    expect(await use(auth)).toBe("first");
    now += 10_000;
    answers.push([503, "<html>first-refresh</html>"]);
    expect(await why(auth)).toBe("its authorization server cannot renew the token at the moment");
    answers.push([200, tokens("second")]);
    expect(await use(auth)).toBe("second");
    expect(logged.join("\n")).not.toContain("first-refresh");
  });

  it.each([
    ["invalid_grant", true],
    ["invalid_client", false],
  ])("that the server will not renew any more (%s) is forgotten; its client stays: %s", async (error, staysKnown) => {
    const auth = await connectedAuth();
    now += 100_000;
    answers.push([400, { error, error_description: "first-refresh is bad" }]);
    expect(await why(auth)).toBe("sign in: its user has to sign in again");
    expect(await why(auth)).toBe("sign in: its user has to sign in first");
    expect((await newAuth().grant())?.client.client_id).toBe(staysKnown ? "proxy" : undefined);
    expect((await newAuth().grant())?.tokens).toBeUndefined();
    expect(logged.join("\n")).not.toContain("first-refresh");
  });

  it("that another process has renewed meanwhile is taken from there", async () => {
    const [auth, other] = [await connectedAuth(), newAuth()];
    await other.grant();
    now += 80_000;
    answers.push([200, tokens("second", 1_000)]);
    expect(await Promise.all([use(auth), use(other)])).toEqual(["second", "second"]);
    expect(sent).toHaveLength(1);
  });

  it("that nobody has got yet is looked for once more when it is there", async () => {
    const waiting = newAuth();
    expect(await why(waiting)).toBe("sign in: its user has to sign in first");
    expect(await waiting.hasChanged()).toBe(false);
    await connectedAuth();
    expect(await waiting.hasChanged()).toBe(true);
    expect(await use(waiting)).toBe("first");
    expect(await waiting.hasChanged()).toBe(false);
  });

  it("is taken out of texts, and so are those before it", async () => {
    const auth = await connectedAuth();
    now += 80_000;
    answers.push([200, tokens("second", 1_000)]);
    await use(auth);
    expect(auth.secrets.apply("a first-refresh, a second and a second-refresh")).toBe("a [secret], a [secret] and a [secret]");
  });
});

function withoutEnd({ expiresAt: _, renewAt: __, ...grant }: Grant): Grant {
  return grant;
}

function never(): never {
  throw new Error("it is connected");
}
