import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A caller of a proxy in front of one upstream, whose tool says nothing about what it returns. */
async function connect(more: object): Promise<{ run: (code: string) => Promise<string>; description: () => Promise<string> }> {
  const upstream = await startUpstream("legacy", { pages: [[tool("get_user")]], call: () => text('{"id":1,"name":"s3cr3t"}') });
  cleanups.push(() => upstream.close());
  const proxy = await startProxy({ mcpServers: { peer: { url: upstream.url } }, ...more });
  cleanups.push(() => proxy.stop());
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
  cleanups.push(() => client.close());
  return {
    run: async (code) => {
      const { content } = (await client.callTool({ name: "execute_code", arguments: { code } })) as { content: { text: string }[] };
      return content[0]?.text ?? "";
    },
    description: async () => (await client.listTools()).tools[0]?.description ?? "",
  };
}

const CALLS = "for (let times = 0; times < 3; times += 1) await peer.get_user({});";
const LEARNED = "Promise<{ id: number; name: string }> /* seen, not promised */";

describe("what a tool returns", () => {
  it("is told to the next program, and to who first asks for the description", async () => {
    const { run, description } = await connect({});
    expect(await run('return await codemode.describe("peer")')).toContain("Promise<any>;");
    await run(CALLS);
    expect(await run('return await codemode.describe("peer")')).toContain(LEARNED);
    const shown = await description();
    expect(shown).toContain(LEARNED);
    expect(shown).not.toContain("s3cr3t");
  });

  it("does not change a description that somebody has", async () => {
    const { run, description } = await connect({});
    const before = await description();
    await run(CALLS);
    expect(await run('return await codemode.describe("peer")')).toContain(LEARNED);
    expect(await description()).toBe(before);
  });

  it("is not remembered if the configuration says so", async () => {
    const { run, description } = await connect({ learn: false });
    await run(CALLS);
    expect(await run('return await codemode.describe("peer")')).toContain("Promise<any>;");
    expect(await description()).not.toContain("seen");
  });
});
