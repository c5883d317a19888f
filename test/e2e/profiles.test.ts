import { rm } from "node:fs/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import { openCaller } from "../support/callers.ts";
import type { ProgramCaller } from "../support/callers.ts";
import { startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

const OWNER = "owner-token-0123456789";
const BOUND = "bound-token-0123456789";
const ENV = { AUTH_TOKEN: OWNER, BOUND_TOKEN: BOUND };

let peer: ScriptedUpstream;
let other: ScriptedUpstream;
let proxy: Proxy;
let config: object;
const callers: ProgramCaller[] = [];
const called: string[] = [];

beforeAll(async () => {
  const call = ({ name }: { name: string }) => {
    called.push(name);
    return text(`${name} was called`);
  };
  const pages = [
    [
      tool("read_page", { annotations: { readOnlyHint: true } }),
      tool("odd", { annotations: { readOnlyHint: true, destructiveHint: true } }),
      tool("write_page"),
      tool("secret", { annotations: { readOnlyHint: true } }),
    ],
  ];
  peer = await startUpstream("modern", { pages, call });
  other = await startUpstream("legacy", { pages: [[tool("elsewhere")]], call });
  config = {
    mcpServers: { peer: { url: peer.url, passthrough: true }, other: { url: other.url, passthrough: true } },
    callers: { kiosk: { token: "${env:BOUND_TOKEN}", profile: "small" } },
    policy: { tools: { "peer.secret": "deny" } },
    profiles: {
      small: { servers: ["peer"], tools: ["peer.*_page"], policy: { tools: { "peer.write_page": "ask" } }, limits: { calls: 2 } },
    },
  };
  proxy = await startProxy(config, { env: ENV });
});
afterEach(async () => {
  await Promise.all(callers.splice(0).map((caller) => caller.close()));
  called.length = 0;
});
afterAll(async () => {
  await proxy?.stop();
  await peer?.close();
  await other?.close();
});

async function open(path: string, era: "2025" | "2026" = "2025", token = OWNER): Promise<ProgramCaller> {
  const caller = await openCaller(new URL(path, proxy.origin), era, token);
  callers.push(caller);
  return caller;
}

async function listed(path: string, token = OWNER): Promise<{ names: string[]; description: string; instructions: string }> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(path, proxy.origin), { requestInit }));
  const { tools } = await client.listTools();
  const instructions = client.getInstructions() ?? "";
  await client.close();
  return { names: tools.map(({ name }) => name), description: tools[0]?.description ?? "", instructions };
}

/** Every way in which a program could see a tool. */
const LOOK = `const found = await codemode.search("");
return [found.map(({ name }) => name).sort(), (await codemode.namespaces()).map(({ name, tools }) => name + " " + tools), typeof other]`;

describe("/mcp", () => {
  it("has everything that the policy leaves", async () => {
    const { names, instructions } = await listed("/mcp");
    expect(names).toEqual(["execute_code", "elsewhere", "odd", "read_page", "write_page"]);
    expect(instructions).toContain("other, peer");
  });
});

describe("/mcp/readonly", () => {
  it.each(["2025", "2026"] as const)("has what calls itself read-only alone, for a %s caller", async (era) => {
    const caller = await open("/mcp/readonly", era);
    expect(JSON.parse(await caller.run(LOOK))).toEqual([["peer.read_page"], ["other 0", "peer 1"], "object"]);
    expect(await caller.run("return await peer.read_page()")).toBe("read_page was called");
    expect(await caller.run("return await peer.write_page()")).toMatch(/^ERROR The program was not run:\n.*write_page does not exist/);
    for (const name of ["peer.write_page", "peer.odd", "peer.secret", "other.elsewhere"])
      expect(await caller.run(`return await codemode.raw("${name}", {})`)).toContain("There is no tool");
    expect(called).toEqual(["read_page"]);
  });

  it("lists and describes nothing else", async () => {
    const { names, description } = await listed("/mcp/readonly?description=4000");
    expect(names).toEqual(["execute_code", "read_page"]);
    expect(description).toContain("read_page");
    expect(description).not.toMatch(/write_page|odd|elsewhere/);
  });
});

describe("/mcp/<a profile of the configuration>", () => {
  it("has its servers and tools alone", async () => {
    const { names, description, instructions } = await listed("/mcp/small");
    expect(names).toEqual(["execute_code", "read_page", "write_page"]);
    expect(description).not.toMatch(/odd|other|elsewhere/);
    expect(instructions).toMatch(/these MCP servers: peer\.$/);
    const caller = await open("/mcp/small");
    expect(JSON.parse(await caller.run(LOOK))).toEqual([["peer.read_page", "peer.write_page"], ["peer 2"], "undefined"]);
    expect(await caller.run('return await codemode.describe("other")')).toContain("ERROR");
    expect(await caller.run('return await codemode.raw("other.elsewhere", {})')).toContain("ERROR");
    expect(called).toEqual([]);
  });

  it("has its policy and its limits", async () => {
    const caller = await open("/mcp/small");
    expect(await caller.run("return await peer.write_page()")).toContain("a person has to allow this call, and your client cannot ask one");
    expect(await caller.run("await peer.read_page(); await peer.read_page(); return 'two'")).toBe("two");
    expect(await caller.run("for (let i = 0; i < 3; i++) await peer.read_page(); return 'three'")).toContain("calls = 2");
    const whole = await open("/mcp");
    expect(await whole.run("for (let i = 0; i < 3; i++) await peer.write_page(); return 'three'")).toBe("three");
  });

  it("is asked for in the way of its own policy", async () => {
    const file = await writeConfig({ ...config, callers: {} });
    const caller = await openAskedCaller({
      era: "2026",
      to: file.file,
      args: ["--profile", "small"],
      answer: () => ({ action: "decline" }),
    });
    expect(JSON.parse(await caller.run(LOOK))).toEqual([["peer.read_page", "peer.write_page"], ["peer 2"], "undefined"]);
    expect(await caller.run("return await peer.write_page()")).toContain("declined");
    expect(caller.asked).toHaveLength(1);
    await caller.close();
    await rm(file.folder, { recursive: true });
  });
});

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "e2e", version: "1" } },
};

async function post(path: string, body: object, token: string | undefined, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(path, proxy.origin), {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
}

describe("a session", () => {
  it("belongs to its profile", async () => {
    const opened = await post("/mcp/readonly", INITIALIZE, OWNER);
    const session = opened.headers.get("mcp-session-id") ?? "";
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
    expect((await post("/mcp/readonly", list, OWNER, { "mcp-session-id": session })).status).toBe(200);
    for (const [path, id] of [
      ["/mcp", session],
      ["/mcp/small", session],
      ["/mcp", `readonly/${session}`],
      ["/mcp", `../readonly/${session}`],
    ] as const)
      expect((await post(path, list, OWNER, { "mcp-session-id": id })).status).toBe(404);
  });
});

describe("a profile that does not exist", () => {
  it("is told to callers, with those that do, and not to strangers", async () => {
    const unknown = await post("/mcp/smal", INITIALIZE, OWNER);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      error: { message: 'There is no profile "smal" for you. There are: /mcp/readonly, /mcp/small.' },
    });
    for (const token of [undefined, "wrong-token-0123456789"]) {
      const response = await post("/mcp/smal", INITIALIZE, token);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain("small");
    }
    for (const path of ["/mcp/constructor", "/mcp/%73mall", "/mcp/small/", "/mcp/small/x", "/mcp//small", "/mcp/"])
      expect((await post(path, INITIALIZE, OWNER)).status).toBe(404);
  });
});

describe("a caller that is bound to a profile", () => {
  it.each(["/mcp", "/mcp/small"])("gets that at %s", async (path) => {
    expect((await listed(path, BOUND)).names).toEqual(["execute_code", "read_page", "write_page"]);
    for (const era of ["2025", "2026"] as const)
      expect(JSON.parse(await (await open(path, era, BOUND)).run(LOOK))).toEqual([
        ["peer.read_page", "peer.write_page"],
        ["peer 2"],
        "undefined",
      ]);
  });

  it("does not get another, nor learn which there are", async () => {
    for (const path of ["/mcp/readonly", "/mcp/none"]) {
      const response = await post(path, INITIALIZE, BOUND);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        error: { message: expect.stringMatching(/for you\. There is: \/mcp\/small\.$/) as string },
      });
    }
  });
});
