import { rm } from "node:fs/promises";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { CLI, STDIO_ENV, startProxy, writeConfig } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { UpstreamEra } from "../support/upstreams.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Caller {
  description(): Promise<string>;
  close(): Promise<void>;
}

const info = { name: "e2e", version: "1.0.0" };

async function legacyCaller(transport: LegacyHttp | LegacyStdio, onChanged: () => void): Promise<Caller> {
  const client = new LegacyClient(info);
  client.setNotificationHandler(ToolListChangedNotificationSchema, onChanged);
  await client.connect(transport);
  return { description: async () => (await client.listTools()).tools[0]?.description ?? "", close: () => client.close() };
}

async function modernCaller(transport: ModernHttp | ModernStdio, onChanged: () => void): Promise<Caller> {
  const client = new ModernClient(info, {
    versionNegotiation: { mode: { pin: "2026-07-28" } },
    listChanged: { tools: { autoRefresh: false, onChanged } },
  });
  await client.connect(transport);
  return {
    description: async () => (await client.listTools(undefined, { cacheMode: "refresh" })).tools[0]?.description ?? "",
    close: () => client.close(),
  };
}

async function overHttp(config: object): Promise<URL> {
  const proxy = await startProxy(config);
  cleanups.push(() => proxy.stop());
  return proxy.url;
}

async function overStdio(config: object): Promise<{ command: string; args: string[]; env: Record<string, string>; stderr: "ignore" }> {
  const { folder, file } = await writeConfig(config);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return { command: process.execPath, args: [CLI, "stdio", "--config", file], env: STDIO_ENV, stderr: "ignore" };
}

const CALLERS: readonly [string, (config: object, onChanged: () => void) => Promise<Caller>][] = [
  ["a 2025 caller over HTTP", async (config, onChanged) => legacyCaller(new LegacyHttp(await overHttp(config)), onChanged)],
  ["a 2026 caller over HTTP", async (config, onChanged) => modernCaller(new ModernHttp(await overHttp(config)), onChanged)],
  ["a 2025 caller over stdio", async (config, onChanged) => legacyCaller(new LegacyStdio(await overStdio(config)), onChanged)],
  ["a 2026 caller over stdio", async (config, onChanged) => modernCaller(new ModernStdio(await overStdio(config)), onChanged)],
];

describe.each<UpstreamEra>(["legacy", "modern"])("a change of an upstream's tools (%s)", (era) => {
  it.each(CALLERS)("is passed on to %s, who then sees it", async (_name, connect) => {
    const peer = await startUpstream(era, { pages: [[tool("hello")]], call: () => text("hi") });
    cleanups.push(() => peer.close());
    const told = Promise.withResolvers<void>();
    const caller = await connect({ mcpServers: { peer: { url: peer.url } } }, () => told.resolve());
    cleanups.push(() => caller.close());
    expect(await caller.description()).toMatch(/- peer: 1 tool\b/);
    peer.script.pages = [[tool("hello"), tool("added")]];
    await peer.notifyToolsChanged();
    await told.promise;
    expect(await caller.description()).toContain("\nadded(");
  });
});
