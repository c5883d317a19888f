import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLI, ROOT, STDIO_ENV, startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

/** The upstreams of the repository's own codemode.jsonc, on a copy of its example folder. */
async function defaultConfig(folder: string): Promise<unknown> {
  await cp(join(ROOT, "examples/files"), join(folder, "files"), { recursive: true });
  const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
  return {
    mcpServers: {
      everything: { command: bin("mcp-server-everything") },
      filesystem: { command: bin("mcp-server-filesystem"), args: [join(folder, "files")] },
      memory: { command: bin("mcp-server-memory"), env: { MEMORY_FILE_PATH: join(folder, "memory.jsonl") } },
    },
  };
}

/** The one task: all three upstreams in one program. */
function taskProgram(path: string, marker: string): string {
  return `
    const path = ${JSON.stringify(path)};
    await filesystem.write_file({ path, content: ${JSON.stringify(marker)} });
    const [read, sum] = await Promise.all([
      filesystem.read_text_file({ path }),
      everything.get_sum({ a: 2, b: 40 }),
    ]);
    await memory.create_entities({ entities: [{ name: ${JSON.stringify(marker)}, entityType: "note", observations: ["from a program"] }] });
    const graph = await memory.search_nodes({ query: ${JSON.stringify(marker)} });
    console.log("entities", graph.entities.length);
    return { read, sum, entity: graph.entities[0].name };
  `;
}

interface AnyClient {
  listTools(): Promise<{ tools: { name: string; description?: string | undefined }[] }>;
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
  close(): Promise<void>;
}

let folder: string;
let proxy: Proxy;
let stdioConfig: { folder: string; file: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "codemode-e2e-"));
  const config = await defaultConfig(folder);
  stdioConfig = await writeConfig(config);
  proxy = await startProxy(config);
});

afterAll(async () => {
  await proxy?.stop();
  await rm(stdioConfig.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

const info = { name: "e2e", version: "1.0.0" };
const stdioCommand = () => ({
  command: process.execPath,
  args: [CLI, "stdio", "--config", stdioConfig.file],
  env: STDIO_ENV,
  stderr: "pipe" as const,
});

const CLIENTS: readonly [string, () => Promise<AnyClient>][] = [
  [
    "the v1 SDK's client over HTTP",
    async () => {
      const client = new LegacyClient(info);
      await client.connect(new LegacyHttp(proxy.url));
      return client;
    },
  ],
  [
    "the v2 SDK's client over HTTP in modern mode",
    async () => {
      const client = new ModernClient(info, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
      await client.connect(new ModernHttp(proxy.url));
      return client;
    },
  ],
  [
    "the v1 SDK's client over stdio",
    async () => {
      const client = new LegacyClient(info);
      await client.connect(new LegacyStdio(stdioCommand()));
      return client;
    },
  ],
  [
    "the v2 SDK's client over stdio in modern mode",
    async () => {
      const client = new ModernClient(info, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
      await client.connect(new ModernStdio(stdioCommand()));
      return client;
    },
  ],
];

describe.each(CLIENTS)("%s", (name, connect) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client?.close());

  it("lists one tool that describes all three upstreams", async () => {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(["execute_code"]);
    const description = tools[0]?.description ?? "";
    for (const declared of ["declare const everything:", "declare const filesystem:", "declare const memory:"])
      expect(description).toContain(declared);
    expect(JSON.stringify({ ...tools[0], description: "" }).length).toBeLessThan(4_500);
  });

  it("does a task with all three upstreams in one program", async () => {
    const marker = `marker of ${name}`;
    const path = join(folder, "files", "task.txt");
    const result = (await client.callTool({ name: "execute_code", arguments: { code: taskProgram(path, marker) } })) as {
      isError?: boolean;
      content: { text: string }[];
    };
    expect(result.isError, JSON.stringify(result)).toBeFalsy();
    const value = JSON.parse(result.content[0]?.text ?? "") as { read: unknown; sum: unknown; entity: string };
    expect(value.entity).toBe(marker);
    expect(JSON.stringify(value.read)).toContain(marker);
    expect(JSON.stringify(value.sum)).toContain("42");
    expect(result.content[1]?.text).toBe("Console:\nentities 1");
    // Not only told: the file is there.
    expect(await readFile(path, "utf8")).toBe(marker);
  });

  it("gets a throw as an error with the line", async () => {
    const result = await client.callTool({ name: "execute_code", arguments: { code: "const x = 1;\nthrow new TypeError('no');" } });
    expect(result).toMatchObject({
      isError: true,
      content: [{ type: "text", text: "TypeError: no\n    at program.js:2:7\n2 | throw new TypeError('no');\n          ^" }],
    });
  });
});
