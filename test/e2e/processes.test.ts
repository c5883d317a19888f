import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, describe, expect, it } from "vitest";
import { commandOf, descendants, stillAlive } from "../support/processes.ts";
import { CLI, ROOT, startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const ECHO = join(ROOT, "node_modules/.bin/mcp-server-everything");
const CONFIG = { mcpServers: { first: { command: ECHO }, second: { command: ECHO } } };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A proxy with an open session and its stream: that alone keeps workerd from ending when it is asked. */
async function busyProxy(): Promise<{ proxy: Proxy; client: Client; pids: number[] }> {
  const proxy = await startProxy(CONFIG);
  cleanups.push(() => proxy.stop());
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
  cleanups.push(() => client.close());
  await client.listTools();
  const pids = await descendants(proxy.child.pid ?? 0);
  // workerd, its guardian and two upstreams.
  expect(pids.length).toBeGreaterThanOrEqual(4);
  return { proxy, client, pids };
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => void child.once("exit", (code, signal) => resolve({ code, signal })));
}

/** Resolves when none of them runs any more: their ends are events of other processes, which only the process table tells. */
async function untilGone(pids: readonly number[]): Promise<void> {
  while ((await stillAlive(pids)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("serve", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("on %s ends with 0, and every process with it", async (signal) => {
    const { proxy, pids } = await busyProxy();
    const exited = exitOf(proxy.child);
    proxy.child.kill(signal);
    expect(await exited).toEqual({ code: 0, signal: null });
    await untilGone(pids);
  });

  it("killed without warning leaves no process behind", async () => {
    const { proxy, pids } = await busyProxy();
    proxy.child.kill("SIGKILL");
    await untilGone(pids);
  });

  it("whose upstream is killed between two calls starts it again for the next", async () => {
    const { proxy, client, pids } = await busyProxy();
    const call = {
      name: "execute_code",
      arguments: { code: 'return [await first.echo({ message: "a" }), await second.echo({ message: "b" })]' },
    };
    expect(await client.callTool(call)).toMatchObject({ content: [{ text: '["Echo: a","Echo: b"]' }] });
    const upstreams = await namedLike(pids, "server-everything");
    expect(upstreams).toHaveLength(2);
    for (const pid of upstreams) process.kill(pid, "SIGKILL");
    await untilGone(upstreams);
    expect(await client.callTool(call)).toMatchObject({ content: [{ text: '["Echo: a","Echo: b"]' }] });
    expect(proxy.child.exitCode).toBeNull();
  });
});

describe("stdio", () => {
  it("ends when its stdin is closed, and every process with it; stdout has carried MCP alone", async () => {
    const { folder, file } = await writeConfig(CONFIG);
    cleanups.push(() => rm(folder, { recursive: true, force: true }));
    const child = spawn(process.execPath, [CLI, "stdio", "--config", file], { stdio: ["pipe", "pipe", "ignore"] });
    const lines: string[] = [];
    const answered = Promise.withResolvers<void>();
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line.includes('"id":2')) answered.resolve();
    });
    const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } };
    for (const message of [
      { id: 1, method: "initialize", params },
      { method: "notifications/initialized" },
      { id: 2, method: "tools/list" },
    ]) {
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    }
    await answered.promise;
    const pids = await descendants(child.pid ?? 0);
    const exited = exitOf(child);
    child.stdin.end();
    expect(await exited).toEqual({ code: 0, signal: null });
    await untilGone(pids);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
  });
});

async function namedLike(pids: readonly number[], text: string): Promise<number[]> {
  const named = await Promise.all(pids.map(async (pid) => ((await commandOf(pid)).includes(text) ? [pid] : [])));
  return named.flat();
}
