import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { runProgram as run } from "../support/callers.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Message {
  readonly id?: number;
  readonly method: string;
}
type Answer = (message: Message, response: ServerResponse, send: (body: object | string) => void) => boolean | void;

/** A 2025 server on loopback that answers what it is told to; `true` from `answer` means that it has. It gives out no session ids. */
async function rawUpstream(answer: Answer, extra: { readonly key?: string } = {}): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method !== "POST") return void response.writeHead(405).end();
      const message = JSON.parse(body) as Message;
      const send = (what: object | string) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(typeof what === "string" ? what : JSON.stringify({ jsonrpc: "2.0", id: message.id, ...what }));
      };
      if (answer(message, response, send) === true) return undefined;
      if (message.id === undefined) return void response.writeHead(202).end();
      if (message.method === "initialize") {
        const serverInfo = { name: "raw", version: "1" };
        return send({ result: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo } });
      }
      if (message.method === "tools/list") return send({ result: { tools: [{ name: "hello", inputSchema: { type: "object" } }] } });
      if (message.method === "tools/call") return send({ result: { content: [{ type: "text", text: "hi" }] } });
      return send({ error: { code: -32601, message: "Method not found" } });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp${extra.key ?? ""}`;
}

async function proxy(config: object, env: Record<string, string> = {}): Promise<Proxy> {
  const started = await startProxy(config, { env });
  cleanups.push(() => started.stop());
  return started;
}

async function connect({ url }: Proxy): Promise<Client> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(url));
  cleanups.push(() => client.close());
  return client;
}

const description = async (client: Client) => (await client.listTools()).tools[0]?.description ?? "";

describe("a call that has failed is not sent again, unless the server has said that it does not know our session", () => {
  it.each([
    [
      "its own error -32001",
      (send: (body: object) => void) => send({ error: { code: -32001, message: "Paid, but the checkout session is stuck" } }),
    ],
    [
      "HTTP 400 about a session of its own",
      (_send: unknown, response: ServerResponse) => void response.writeHead(400).end("charged; bad session_id"),
    ],
    ["HTTP 404, and we have no session", (_send: unknown, response: ServerResponse) => void response.writeHead(404).end("no such file")],
  ])("%s", async (_what, fail) => {
    let calls = 0;
    const url = await rawUpstream(({ method }, response, send) => {
      if (method !== "tools/call") return false;
      calls += 1;
      fail(send, response);
      return true;
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url } } }));
    expect(await run(client, "return await peer.hello({})")).toMatch(/^ERROR ToolError/);
    expect(calls).toBe(1);
  });
});

describe("a result that the SDK's schema does not know is still the tool's result", () => {
  it.each([
    ["structuredContent null", { content: [{ type: "text", text: "hi" }], structuredContent: null }, "hi"],
    ["structuredContent an array", { content: [], structuredContent: [1, 2] }, "[1,2]"],
    ["an unknown content block", { content: [{ type: "hologram", data: 1 }] }, '[{"type":"hologram","data":1}]'],
    [
      "an image that is no base64",
      { content: [{ type: "image", data: "!!", mimeType: "image/png" }] },
      "Content blocks refused: 1. Data has to be base64, and everything besides it at most 16384 characters of JSON.",
    ],
    [
      "isError with a block it does not know",
      { isError: true, content: [{ type: "hologram" }, { type: "text", text: "why" }] },
      /^ERROR ToolError: peer\.hello: [^]*why/,
    ],
    ["content that is no list", { content: "hello" }, /^(hello|ERROR ToolError: peer\.hello: .*not a valid MCP result)/],
  ])("%s", async (_what, result, expected) => {
    const url = await rawUpstream(({ method }, _response, send) => {
      if (method !== "tools/call") return false;
      send({ result });
      return true;
    });
    const text = await run(await connect(await proxy({ mcpServers: { peer: { url } } })), "return await peer.hello({})");
    if (typeof expected === "string") expect(text).toBe(expected);
    else expect(text).toMatch(expected);
    expect(text).not.toContain("connection to peer was lost");
  });

  it("whose structured digits a number cannot hold is given as its text, which has them", async () => {
    const url = await rawUpstream(({ id, method }, _response, send) => {
      if (method !== "tools/call") return false;
      send(
        `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"{\\"id\\":12345678901234567890}"}],"structuredContent":{"id":12345678901234567890}}}`,
      );
      return true;
    });
    const text = await run(await connect(await proxy({ mcpServers: { peer: { url } } })), "return await peer.hello({})");
    expect(text).toBe('{"id":12345678901234567890}');
  });
});

describe("an upstream that quotes our credentials", () => {
  it("is redacted before it is cut, so that no part of them is left", async () => {
    const secret = `sk-planted-${"q".repeat(40)}`;
    const failing =
      (method: string): Answer =>
      (message, _response, send) => {
        if (message.method !== method) return false;
        send({ error: { code: -32000, message: `${"x".repeat(270)} key ${secret}` } });
        return true;
      };
    const mcpServers = {
      atlist: { url: await rawUpstream(failing("tools/list")), headers: { "x-key": "${env:PLANTED}" } },
      atcall: { url: await rawUpstream(failing("tools/call")), headers: { "x-key": "${env:PLANTED}" } },
    };
    const started = await proxy({ mcpServers }, { PLANTED: secret });
    const client = await connect(started);
    const shown = [
      await description(client),
      await run(client, "await atcall.hello({})"),
      await (await fetch(`${started.origin}/healthz`)).text(),
      started.stderr(),
    ];
    for (const text of shown) expect(text).not.toContain("sk-planted");
  });
});

describe("why an upstream is unavailable", () => {
  it("is told in words of ours for a name that does not exist", async () => {
    const client = await connect(await proxy({ mcpServers: { peer: { url: "http://nothing.invalid/mcp" } } }));
    const told = await description(client);
    expect(told).toMatch(/- peer: unavailable: the address cannot be reached/);
    expect(told).not.toContain("internal error");
  });

  it("is told in words of ours for an answer that is no MCP", async () => {
    const url = await rawUpstream(({ method }, _response, send) => {
      if (method !== "initialize") return false;
      send({ result: "banana" });
      return true;
    });
    expect(await description(await connect(await proxy({ mcpServers: { peer: { url } } })))).not.toContain("invalid_union");
  });

  it("is its exit, if the child ends while its tools are being read", async () => {
    const child = `
      require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
        const { id, method } = JSON.parse(line);
        if (method === "tools/list") { process.stderr.write("out of memory\\n"); process.exit(4); }
        const result = { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "x", version: "1" } };
        if (method === "initialize") process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\\n");
        else if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32601, message: "no" } }) + "\\n");
      });`;
    const client = await connect(await proxy({ mcpServers: { peer: { command: process.execPath, args: ["-e", child] } } }));
    expect(await description(client)).toMatch(/- peer: unavailable: exited with code 4: out of memory/);
  });
});

/** A scripted list behind a server-sent stream of notifications, where the test decides when a list is answered. */
async function changingUpstream(
  list: (nth: number, change: () => void) => Promise<readonly string[]>,
): Promise<{ url: string; change(): void }> {
  let lists = 0;
  const streams = new Set<ServerResponse>();
  const change = () => {
    for (const stream of streams) stream.write('data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n\n');
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method === "GET") {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.flushHeaders();
        return void streams.add(response);
      }
      if (request.method !== "POST") return void response.writeHead(405).end();
      const { id, method } = JSON.parse(body) as Message;
      const send = (what: object) => {
        response.writeHead(200, { "content-type": "application/json", "mcp-session-id": "one" });
        response.end(JSON.stringify({ jsonrpc: "2.0", id, ...what }));
      };
      if (id === undefined) return void response.writeHead(202).end();
      if (method === "initialize") {
        return send({
          result: {
            protocolVersion: "2025-06-18",
            capabilities: { tools: { listChanged: true } },
            serverInfo: { name: "x", version: "1" },
          },
        });
      }
      if (method !== "tools/list") return send({ error: { code: -32601, message: "Method not found" } });
      lists += 1;
      const answer = list(lists, change).then((names) =>
        send({ result: { tools: names.map((name) => ({ name, inputSchema: { type: "object" } })) } }),
      );
      answer.catch(() => response.destroy());
      return undefined;
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, change };
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe("a changed tool list", () => {
  it("is not lost if the change comes while the first list is on its way", async () => {
    const peer = await changingUpstream(async (nth, change) => {
      if (nth > 1) return ["old", "added"];
      // Longer than the client waits for further changes, shorter than listMs.
      await delay(200);
      change();
      await delay(800);
      return ["old"];
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    await description(client);
    await expect.poll(() => description(client), { timeout: 5_000 }).toMatch(/- peer: 2 tools/);
  });

  it("is the one of the last change, whichever answer comes last", async () => {
    const late = Promise.withResolvers<void>();
    const third = Promise.withResolvers<void>();
    const peer = await changingUpstream(async (nth) => {
      if (nth === 1) return ["a"];
      if (nth === 2) {
        await late.promise;
        return ["a", "b"];
      }
      setTimeout(third.resolve, 100);
      return ["a", "b", "c"];
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url: peer.url } } }));
    await description(client);
    const told = Promise.withResolvers<void>();
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => told.resolve());
    await delay(300);
    peer.change();
    await delay(600);
    peer.change();
    await Promise.all([third.promise, told.promise]);
    expect(await description(client)).toMatch(/- peer: 3 tools/);
    late.resolve();
    await delay(500);
    expect(await description(client)).toMatch(/- peer: 3 tools/);
  });
});

describe("a tool that a ready upstream has added without saying so", () => {
  it("can be called: an unknown name is worth another look at the list", async () => {
    let grown = false;
    const url = await rawUpstream(({ method }, _response, send) => {
      if (method !== "tools/list") return false;
      const names = grown ? ["hello", "added"] : ["hello"];
      send({ result: { tools: names.map((name) => ({ name, inputSchema: { type: "object" } })) } });
      return true;
    });
    const client = await connect(await proxy({ mcpServers: { peer: { url } } }));
    expect(await run(client, "return await peer.hello({})")).toBe("hi");
    grown = true;
    expect(await run(client, "return await peer.added({})")).toBe("hi");
  });
});

describe("AUTH_TOKEN", () => {
  it.each(["p@ss word!", "tok:en$%", "from-a-file\n"])(
    "%j is either usable or refused at the start, never a door that nobody can open",
    async (token) => {
      const started = await proxy({ mcpServers: {} }, { AUTH_TOKEN: token }).catch((error: Error) => error.message);
      if (typeof started === "string") return expect(started).toContain("AUTH_TOKEN");
      const response = await fetch(started.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          authorization: `Bearer ${token.trim()}`,
        },
        body: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "initialize",
          params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } },
        }),
      });
      expect(response.status).toBe(200);
    },
  );
});
