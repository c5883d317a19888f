import { createServer } from "node:http";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { runProgram as run } from "../support/callers.ts";
import { until } from "../support/processes.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream, UpstreamEra, UpstreamScript } from "../support/upstreams.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function upstream(era: UpstreamEra, script: Partial<UpstreamScript>): Promise<ScriptedUpstream> {
  const started = await startUpstream(era, { pages: [[tool("hello")]], call: () => text("hi"), ...script });
  cleanups.push(() => started.close());
  return started;
}

async function proxy(config: object, env: Record<string, string> = {}): Promise<Proxy> {
  const started = await startProxy(config, { env });
  cleanups.push(() => started.stop());
  return started;
}

async function connect({ url }: Proxy, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  cleanups.push(() => client.close());
  return client;
}

async function description(client: Client): Promise<string> {
  return (await client.listTools()).tools[0]?.description ?? "";
}

describe.each<UpstreamEra>(["legacy", "modern", "sse"])("an upstream of the %s era", (era) => {
  it("is listed with all its pages and called with the configured headers, connected once", async () => {
    const peer = await upstream(era, {
      pages: [[tool("first")], [tool("second")], [tool("third")]],
      call: ({ name, arguments: args }) => text(`${name} ${JSON.stringify(args)}`),
    });
    const client = await connect(
      await proxy({ mcpServers: { peer: { url: peer.url, headers: { "x-key": "${env:PEER_KEY}" } } } }, { PEER_KEY: "s3cret-value" }),
    );
    expect(await description(client)).toMatch(/- peer: 3 tools/);
    expect(await run(client, "return await Promise.all([peer.first({ a: 1 }), peer.third({})])")).toBe('["first {\\"a\\":1}","third {}"]');
    expect(await run(client, "return await peer.second({})")).toBe("second {}");
    for (const headers of peer.requests) expect(headers["x-key"]).toBe("s3cret-value");
    if (era === "legacy") expect(peer.methods.filter((method) => method === "initialize")).toHaveLength(1);
  });
});

describe("a tool list", () => {
  it("with a bad tool loses that tool only, and says so", async () => {
    const peer = await upstream("legacy", {
      pages: [[tool("good"), { name: "bad", inputSchema: { type: "string" } }, { name: "no_type", inputSchema: { $schema: "x" } }]],
    });
    const started = await proxy({ mcpServers: { peer: { url: peer.url } } });
    const client = await connect(started);
    expect(await description(client)).toMatch(/- peer: 2 tools; 1 left out because their definitions are broken: "bad"/);
    expect(await run(client, "return await peer.no_type({ anything: 1 })")).toBe("hi");
    const health = await (await fetch(`${started.origin}/healthz`)).json<{ upstreams: object }>();
    expect(health.upstreams).toEqual({ peer: { status: "ready", tools: 2, skipped: 1 } });
  });

  it("with names that are no identifiers, with collisions and dangerous ones, can be called tool by tool", async () => {
    const names = ["get-url", "get_url", "then", "constructor", "delete", "1st"];
    const peer = await upstream("legacy", { pages: [names.map((name) => tool(name))], call: ({ name }) => text(name) });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    const called = await run(client, "return (await Promise.all(Object.keys(peer).map((name) => peer[name]({})))).sort()");
    expect(JSON.parse(called)).toEqual(names.toSorted());
    expect(await run(client, "return await peer.get_url({})")).toBe("get_url");
  });

  it("that changes reaches programs at once and is passed on to the caller", async () => {
    const peer = await upstream("legacy", {});
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    const told = Promise.withResolvers<void>();
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => told.resolve());
    expect(await description(client)).toMatch(/- peer: 1 tool\b/);
    peer.script.pages = [[tool("hello"), tool("added")]];
    await peer.notifyToolsChanged();
    await told.promise;
    expect(await description(client)).toMatch(/- peer: 2 tools\b/);
    expect(await run(client, "return await peer.added({})")).toBe("hi");
  });
});

describe("an upstream in trouble", () => {
  it("that does not exist costs the others nothing and is named with the reason", async () => {
    const peer = await upstream("legacy", {});
    const started = await proxy({ mcpServers: { peer: { url: peer.url }, dead: { url: "http://127.0.0.1:9/mcp" } } });
    const client = await connect(started);
    const told = await description(client);
    expect(told).toMatch(/- dead: unavailable: the address cannot be reached/);
    expect(told).toMatch(/- peer: 1 tool/);
    expect(await run(client, "return await peer.hello({})")).toBe("hi");
    expect(await run(client, "await dead.anything({})")).toMatch(/^ERROR ToolError: .*dead.*unavailable/);
    const health = await (await fetch(`${started.origin}/healthz`)).json();
    expect(health).toMatchObject({
      status: "degraded",
      upstreams: { dead: { status: "unavailable", why: "the address cannot be reached" } },
    });
  });

  it("that never answers delays the others by listMs at the most, and joins when it does", async () => {
    const release = Promise.withResolvers<void>();
    const slow = await upstream("legacy", {});
    const peer = await upstream("legacy", {});
    const gate = await gateBefore(slow.url, release.promise);
    const client = await connect(
      await proxy({ mcpServers: { slow: { url: gate.url }, peer: { url: peer.url } }, limits: { listMs: 700 } }),
    );
    expect(await description(client)).toMatch(/- slow: unavailable/);
    expect(await run(client, "return await peer.hello({})")).toBe("hi");
    release.resolve();
    expect(await run(client, "return await slow.hello({})")).toBe("hi");
    expect(await description(client)).toMatch(/- slow: 1 tool/);
  });

  it("with as many pages as listPages is listed, with one more it is unavailable and says why", async () => {
    const peer = await upstream("legacy", { pages: [[tool("one")], [tool("two")], [tool("three")]] });
    const mcpServers = { peer: { url: peer.url } };
    expect(await description(await connect(await proxy({ mcpServers, limits: { listPages: 3 } })))).toMatch(/- peer: 3 tools/);
    expect(await description(await connect(await proxy({ mcpServers, limits: { listPages: 2 } })))).toMatch(
      /- peer: unavailable: tools\/list has more than listPages = 2 pages\. Raise limits\.listPages/,
    );
  });

  it("that was down is tried again by itself, and the caller is told when it is there", async () => {
    const peer = await upstream("legacy", {});
    let status: number | undefined = 503;
    const gate = await gateBefore(peer.url, Promise.resolve(), () => status);
    const client = await connect(await proxy({ mcpServers: { peer: { url: gate.url } }, limits: { retryMs: 1 } }));
    const told = Promise.withResolvers<void>();
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => told.resolve());
    expect(await description(client)).toMatch(/- peer: unavailable: it answers HTTP 503/);
    status = undefined;
    await description(client);
    await told.promise;
    expect(await description(client)).toMatch(/- peer: 1 tool/);
  });

  it("that is down is left alone within retryMs, whatever callers ask for", async () => {
    const peer = await upstream("legacy", {});
    let tries = 0;
    const gate = await gateBefore(peer.url, Promise.resolve(), () => ((tries += 1), 503));
    const client = await connect(await proxy({ mcpServers: { peer: { url: gate.url } }, limits: { retryMs: 3_600_000 } }));
    expect(await description(client)).toMatch(/- peer: unavailable/);
    const before = tries;
    for (let request = 0; request < 3; request += 1) expect(await description(client)).toMatch(/- peer: unavailable/);
    expect(await run(client, "return 1")).toBe("1");
    expect(tries).toBe(before);
  });

  it("with a wrong token is named without the token", async () => {
    const peer = await upstream("legacy", {});
    const gate = await gateBefore(peer.url, Promise.resolve(), () => 401);
    const started = await proxy(
      { mcpServers: { peer: { url: `${gate.url}?key=query-secret`, headers: { authorization: "Bearer ${env:PEER_TOKEN}" } } } },
      { PEER_TOKEN: "token-secret" },
    );
    const told = await description(await connect(started));
    expect(told).toMatch(/- peer: unavailable: it refuses the credentials \(HTTP 401\)/);
    const health = await (await fetch(`${started.origin}/healthz`)).text();
    for (const shown of [told, health, started.stderr()]) expect(shown).not.toMatch(/token-secret|query-secret/);
  });

  it("whose variable is not set is named with the key path", async () => {
    const told = await description(
      await connect(
        await proxy({ mcpServers: { peer: { url: "http://127.0.0.1:9/mcp", headers: { "x-key": "${env:NOT_SET_ANYWHERE}" } } } }),
      ),
    );
    expect(told).toContain("mcpServers.peer.headers.x-key: environment variable NOT_SET_ANYWHERE is not set");
  });

  it("that has forgotten our session is asked again once, and the call happens once", async () => {
    let calls = 0;
    const peer = await upstream("legacy", { call: () => text(`call ${(calls += 1)}`) });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    expect(await run(client, "return await peer.hello({})")).toBe("call 1");
    peer.forgetSessions();
    expect(await run(client, "return await peer.hello({})")).toBe("call 2");
    expect(peer.methods.filter((method) => method === "initialize")).toHaveLength(2);
    // The era was found out the first time.
    expect(peer.methods.filter((method) => method === "server/discover")).toHaveLength(1);
  });

  it("whose list has a time to live is asked again behind an answer, once that is over", async () => {
    const peer = await upstream("modern", { call: () => text("") });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } }, limits: { listTtlMs: 1 } }));
    expect(await description(client)).not.toContain("newcomer");
    peer.script.pages[0]?.push(tool("newcomer"));
    await until(
      () => description(client),
      (told) => told.includes("newcomer"),
    );
  });

  it("whose list may still be taken as it is is not asked again", async () => {
    const peer = await upstream("modern", { call: () => text("") });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } }, limits: { listTtlMs: 60_000 } }));
    for (let round = 0; round < 3; round += 1) await description(client);
    expect(peer.methods.filter((method) => method === "tools/list")).toHaveLength(1);
  });

  it("that breaks off in the middle of a call is not asked twice", async () => {
    let calls = 0;
    const peer = await upstream("legacy", {
      call: async () => {
        calls += 1;
        await peer.close();
        return text("never");
      },
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    expect(await run(client, "return await peer.hello({})")).toMatch(/^ERROR ToolError: .*may or may not have happened/);
    expect(calls).toBe(1);
  });

  it("that takes longer than callMs fails inside the program, which goes on", async () => {
    const peer = await upstream("legacy", {
      call: ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } }, limits: { callMs: 300 } }));
    expect(await run(client, "try { await peer.hello({}) } catch (e) { return e.code + ' ' + e.message }")).toMatch(
      /^limit peer\.hello: no answer within callMs = 300 ms/,
    );
  });

  it("that answers with an outputSchema and a result beside it keeps its result", async () => {
    const outputSchema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
    const peer = await upstream("legacy", {
      pages: [[tool("hello", { outputSchema })]],
      call: () => ({ content: [], structuredContent: { n: "not a number" } }),
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    expect(await description(client)).toContain("n: number");
    expect(await run(client, "return await peer.hello({})")).toBe('{"n":"not a number"}');
  });
});

/** An HTTP server that holds every request until `open`, then answers with the status of the moment, or passes it on. */
async function gateBefore(
  url: string,
  open: Promise<void>,
  statusNow: () => number | undefined = () => undefined,
): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answering = open.then(async () => {
        const status = statusNow();
        if (status !== undefined) return void response.writeHead(status).end();
        const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
        const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
        const answer = await fetch(url, { method: request.method ?? "GET", headers: headers as Record<string, string>, ...body });
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        for await (const chunk of answer.body ?? []) response.write(chunk);
        response.end();
      });
      // The server behind the gate closes its streams at the end of a test.
      answering.catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/mcp` };
}
