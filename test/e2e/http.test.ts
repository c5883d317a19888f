import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const TOKEN = "a-token-of-our-own";
let open: Proxy;
let guarded: Proxy;

beforeAll(async () => {
  [open, guarded] = await Promise.all([
    startProxy({
      mcpServers: { dead: { url: "http://127.0.0.1:9/mcp?key=query-secret" } },
      limits: { bodyBytes: 2_000 },
      allowedOrigins: ["https://page.example"],
    }),
    startProxy({ mcpServers: { dead: { url: "http://127.0.0.1:9/mcp" } } }, { env: { AUTH_TOKEN: TOKEN } }),
  ]);
});
afterAll(() => Promise.all([open?.stop(), guarded?.stop()]));

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** node:http, because fetch lets nobody set Host. */
function ask(
  origin: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}${path}`, { method: options.method ?? "GET", headers: options.headers ?? {} }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    outgoing.once("error", reject);
    outgoing.end(options.body);
  });
}

const initialize = (more: object = {}) =>
  JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" }, ...more },
  });
const post = (body: string, headers: Record<string, string> = {}) => ({
  method: "POST",
  body,
  headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
});

describe("the pages", () => {
  it("/ says what this is and how to connect", async () => {
    const { status, headers, body } = await ask(open.origin, "/");
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain/);
    expect(body).toContain(`${open.origin}/mcp`);
    expect((await ask(guarded.origin, "/")).body).toContain("Authorization: Bearer");
  });

  it("/healthz gives the version and each upstream's state", async () => {
    const { status, body } = await ask(open.origin, "/healthz");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: "degraded",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      upstreams: { dead: { status: "unavailable", why: "the address cannot be reached", tools: 0, skipped: 0 } },
    });
    expect(body).not.toContain("query-secret");
  });

  it("/healthz tells a stranger the bare states", async () => {
    expect(JSON.parse((await ask(guarded.origin, "/healthz")).body)).toMatchObject({ upstreams: { dead: { status: "unavailable" } } });
    expect((await ask(guarded.origin, "/healthz")).body).not.toContain("why");
    expect((await ask(guarded.origin, "/healthz", { headers: { authorization: `Bearer ${TOKEN}` } })).body).toContain("why");
  });

  it("anything else is a 404 that says where to go", async () => {
    const { status, body } = await ask(open.origin, "/nowhere");
    expect([status, body]).toEqual([404, expect.stringContaining("/mcp")]);
  });

  it("the local runtime's own door is no path of this port", async () => {
    expect((await ask(open.origin, "/connection", { headers: { upgrade: "websocket", connection: "upgrade" } })).status).toBe(404);
  });
});

describe("Host and Origin", () => {
  it.each(["127.0.0.1", "localhost", "[::1]"])("a request for %s passes", async (host) => {
    expect((await ask(open.origin, "/", { headers: { host: `${host}:1234` } })).status).toBe(200);
  });

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "10.0.0.1"])(
    "a request for the host %j is refused",
    async (host) => {
      for (const path of ["/", "/healthz", "/mcp"])
        expect((await ask(open.origin, path, { headers: { host } })).status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(["http://localhost:3000", "http://127.0.0.1:9999"])("a page of this machine (%s) may come in", async (origin) => {
    expect((await ask(open.origin, "/", { headers: { origin } })).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "http://localhost.evil.example", "not an origin"])("a page of %s may not", async (origin) => {
    for (const path of ["/", "/healthz", "/mcp"]) expect((await ask(open.origin, path, { headers: { origin } })).status).toBe(403);
  });
});

describe("pages of a named origin", () => {
  const origin = "https://page.example";

  it("may ask first, and may read the answer and the session's id", async () => {
    const asked = await ask(open.origin, "/mcp", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type, mcp-param-region, x-other",
      },
    });
    expect([asked.status, asked.headers["access-control-allow-origin"]]).toEqual([204, origin]);
    const allowed = String(asked.headers["access-control-allow-headers"]).split(",");
    expect(allowed).toEqual(expect.arrayContaining(["content-type", "mcp-session-id", "mcp-param-region"]));
    expect(allowed).not.toContain("x-other");
    const answered = await ask(open.origin, "/mcp", post(initialize(), { origin }));
    expect(answered.status).toBe(200);
    expect(answered.headers["access-control-allow-origin"]).toBe(origin);
    expect(answered.headers["access-control-expose-headers"]).toContain("mcp-session-id");
  });

  it("are told apart by scheme and port; a page of this machine may ask but not read", async () => {
    for (const other of ["http://page.example", "https://page.example:8443", "http://localhost:3000"]) {
      const { headers } = await ask(open.origin, "/mcp", post(initialize(), { origin: other }));
      expect(headers["access-control-allow-origin"], other).toBeUndefined();
    }
  });
});

describe("the token", () => {
  it.each([
    ["none", {}],
    ["a wrong one", { authorization: "Bearer wrong" }],
    ["a prefix of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["the right one under another scheme", { authorization: `Basic ${TOKEN}` }],
  ] as [string, Record<string, string>][])("%s is refused with a challenge", async (_what, headers) => {
    const { status, headers: answered, body } = await ask(guarded.origin, "/mcp", post(initialize(), headers));
    expect([400, 401]).toContain(status);
    expect(answered["www-authenticate"]).toMatch(/^Bearer /);
    expect(body).not.toContain(TOKEN);
  });

  it("a missing or wrong one is a 401", async () => {
    expect((await ask(guarded.origin, "/mcp", post(initialize()))).status).toBe(401);
    expect((await ask(guarded.origin, "/mcp", post(initialize(), { authorization: "Bearer wrong" }))).status).toBe(401);
  });

  it("the right one opens the door", async () => {
    expect((await ask(guarded.origin, "/mcp", post(initialize(), { authorization: `Bearer ${TOKEN}` }))).status).toBe(200);
  });
});

describe("the body", () => {
  const bodyOf = (bytes: number) => {
    const padding = bytes - initialize({ padding: "" }).length;
    return initialize({ padding: "x".repeat(padding) });
  };

  it("at bodyBytes passes, one byte beyond is a 413 that names the limit", async () => {
    expect((await ask(open.origin, "/mcp", post(bodyOf(2_000)))).status).toBe(200);
    const { status, body } = await ask(open.origin, "/mcp", post(bodyOf(2_001)));
    expect(status).toBe(413);
    expect(body).toContain("bodyBytes = 2000");
  });

  it("without a length is measured all the same", async () => {
    const { status } = await ask(open.origin, "/mcp", post(bodyOf(2_001), { "transfer-encoding": "chunked" }));
    expect(status).toBe(413);
  });

  it("that is no JSON is a parse error", async () => {
    const { status, body } = await ask(open.origin, "/mcp", post("{nope"));
    expect(status).toBe(400);
    expect(body).toContain("-32700");
  });
});

describe("sessions of the 2025 revisions", () => {
  it.each(["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"])("%s is spoken", async (protocolVersion) => {
    const { status, headers, body } = await ask(open.origin, "/mcp", post(initialize({ protocolVersion })));
    expect(status).toBe(200);
    expect(headers["mcp-session-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toContain(`"protocolVersion":"${protocolVersion}"`);
  });

  it("an unknown session is a 404, so that the client begins again", async () => {
    const list = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list" });
    const { status } = await ask(open.origin, "/mcp", post(list, { "mcp-session-id": crypto.randomUUID() }));
    expect(status).toBe(404);
  });

  it("a deleted session is gone", async () => {
    const { headers } = await ask(open.origin, "/mcp", post(initialize()));
    const session = { "mcp-session-id": String(headers["mcp-session-id"]) };
    expect((await ask(open.origin, "/mcp", { method: "DELETE", headers: session })).status).toBe(200);
    const list = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list" });
    expect((await ask(open.origin, "/mcp", post(list, session))).status).toBe(404);
  });

  it("another tool than the one that exists is an error that names it", async () => {
    const { headers } = await ask(open.origin, "/mcp", post(initialize()));
    const call = JSON.stringify({ jsonrpc: "2.0", id: 3, method: "tools/call", params: { name: "other", arguments: {} } });
    const { body } = await ask(open.origin, "/mcp", post(call, { "mcp-session-id": String(headers["mcp-session-id"]) }));
    expect(body).toContain("The only tool is execute_code.");
  });
});
