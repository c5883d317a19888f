import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

let proxy: Proxy;
let client: Client;

beforeAll(async () => {
  const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
  proxy = await startProxy({
    mcpServers: {
      everything: { command: bin("mcp-server-everything") },
      filesystem: { command: bin("mcp-server-filesystem"), args: [join(ROOT, "examples/files")] },
      memory: { command: bin("mcp-server-memory"), env: { MEMORY_FILE_PATH: "/dev/null" } },
    },
  });
  client = new Client({ name: "pins", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
});
afterAll(async () => {
  await client?.close();
  await proxy?.stop();
});

it("the tool and the description of the default set-up are what is written down", async () => {
  const { tools } = await client.listTools();
  const [{ description = "", ...tool } = { description: "" }] = tools;
  await expect(description).toMatchFileSnapshot("description.txt");
  await expect(`${JSON.stringify(tool, null, 2)}\n`).toMatchFileSnapshot("tool.json");
});

it("the server's name and instructions are what is written down", () => {
  expect(client.getServerVersion()).toMatchObject({ name: "codemode-proxy", title: "Code Mode Proxy" });
  expect(client.getInstructions()).toMatchInlineSnapshot(
    `"One tool, execute_code, runs a short TypeScript program that calls the tools of other servers. Reach for it whenever a task needs data or actions from one of them, above all for several calls, loops, filtering or joining: write one program that does all of it and returns only what matters, instead of asking for one thing at a time. It stands in front of these MCP servers: everything, filesystem, memory."`,
  );
});

it("the command line's help is what is written down", async () => {
  const help = execFileSync(process.execPath, [join(ROOT, "dist/cli.js"), "--help"], { encoding: "utf8" });
  await expect(help).toMatchFileSnapshot("help.txt");
});
