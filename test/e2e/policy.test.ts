import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let peer: ScriptedUpstream;
let proxy: Proxy;
let client: Client;
/** The tools that were called since the last look. */
const called: string[] = [];

beforeAll(async () => {
  peer = await startUpstream("modern", {
    pages: [["list", "delete_repo", "delete-all", "merge", "wipe"].map((name) => tool(name))],
    call: ({ name }) => {
      called.push(name);
      return text(`${name} was called`);
    },
  });
  proxy = await startProxy({
    mcpServers: { peer: { url: peer.url } },
    // The Checker would not even let most of these programs run.
    check: "off",
    policy: { tools: { "peer.delete*": "deny", "peer.merge": "ask", "peer.wipe": "deny" } },
  });
  client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
});
afterAll(async () => {
  await client?.close();
  await proxy?.stop();
  await peer?.close();
});

async function run(code: string): Promise<string> {
  const { content } = (await client.callTool({ name: "execute_code", arguments: { code } })) as { content: { text: string }[] };
  return content.map((block) => block.text).join("\n");
}

describe("a denied tool", () => {
  it("is not declared, not found and not described", async () => {
    const description = (await client.listTools()).tools[0]?.description ?? "";
    expect(description).toContain("- peer: 2 tools");
    expect(description).not.toMatch(/delete|wipe/);
    expect(await run('return (await codemode.search("delete wipe repo")).map(({ name }) => name)')).not.toMatch(/delete|wipe/);
    expect(await run('return await codemode.describe("peer.wipe")')).toContain('There is no tool "wipe" in peer.');
  });

  it.each([
    "return await peer.wipe({})",
    'return await peer["wipe"]()',
    'return await codemode.raw("peer.wipe", {})',
    'return await codemode.raw("peer.delete-all", {})',
    "return await peer.delete_all({})",
    "return await peer.delete_repo()",
    "return await Object.getPrototypeOf(peer).wipe({})",
    "return await Reflect.get(Object.getPrototypeOf(peer), 'wipe')({})",
    "return (await Promise.allSettled(['wipe', 'delete_repo'].map((name) => peer[name]({})))).map(({ reason }) => String(reason))",
  ])("is not called by %s", async (code) => {
    called.length = 0;
    expect(await run(code)).toMatch(/There is no tool/);
    expect(called).toEqual([]);
  });

  it("is never called, whatever the program does", async () => {
    const names = fc.constantFrom("wipe", "delete_repo", "delete_all", "delete-all", "list", "WIPE", "wipe ", "./wipe");
    const call = fc.tuple(names, fc.constantFrom("direct", "raw", "proto", "search")).map(([name, how]) => {
      const quoted = JSON.stringify(name);
      if (how === "raw") return `codemode.raw("peer." + ${quoted}, {})`;
      if (how === "proto") return `Object.create(peer)[${quoted}]({})`;
      if (how === "search")
        return `codemode.search(${quoted}).then((found) => Promise.all(found.map(({ name }) => codemode.raw(name, {}))))`;
      return `peer[${quoted}]({})`;
    });
    called.length = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 20 }), async (calls) => {
        await run(`return await Promise.allSettled([${calls.join(", ")}].map(async (each) => each))`);
        expect(called.filter((name) => name !== "list")).toEqual([]);
      }),
      { numRuns: 30 },
    );
    expect(called).toContain("list");
  });
});

describe("a tool that asks", () => {
  it("fails if nobody can be asked, and says how to allow it; the others go on", async () => {
    called.length = 0;
    const answer = await run(
      "const done = await peer.list({}); try { await peer.merge({}) } catch (e) { return [done, e.code, e.message] }",
    );
    expect(JSON.parse(answer)).toEqual([
      "list was called",
      "tool_approval",
      'peer.merge: a person has to allow this call, and your client cannot ask one. The owner can write "policy": { "tools": { "peer.merge": "allow" } } into the configuration.',
    ]);
    expect(called).toEqual(["list"]);
  });
});
