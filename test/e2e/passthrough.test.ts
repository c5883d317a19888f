import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

const FIND = tool("find", {
  title: "Find",
  description: "Finds things.",
  inputSchema: { type: "object", properties: { words: { type: "array", items: { type: "string" } } }, required: ["words"] },
  outputSchema: { type: "object", properties: { found: { type: "number" } } },
  annotations: { readOnlyHint: true },
  icons: [{ src: "data:image/png;base64,AA==" }],
  _meta: { "example.com/own": [1] },
});

const ROUTED = tool("routed", {
  inputSchema: { type: "object", properties: { region: { type: "string", "x-mcp-header": "Region" } } },
});

/** A call that ends only when it is cancelled. */
let waiting = Promise.withResolvers<AbortSignal>();
let received: unknown;

async function upstream(era: "legacy" | "modern", names: readonly string[]): Promise<ScriptedUpstream> {
  return startUpstream(era, {
    pages: [[FIND, ROUTED, ...names.map((name) => tool(name))]],
    async call({ name, arguments: args, signal }) {
      received = args;
      if (name === "wait") {
        waiting.resolve(signal);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      }
      if (name === "broken") return { ...text("it broke"), isError: true };
      if (name === "find") return { ...text("found"), structuredContent: { found: 2 }, _meta: { "example.com/own": 1 } };
      return text(`${era} ${name}`);
    },
  });
}

let legacy: ScriptedUpstream;
let modern: ScriptedUpstream;
let hidden: ScriptedUpstream;
let proxy: Proxy;

beforeAll(async () => {
  [legacy, modern, hidden] = await Promise.all([
    upstream("legacy", ["shared", "broken", "wait", "secret", "careful"]),
    upstream("modern", ["shared", "execute_code", "a b"]),
    upstream("modern", ["only-in-programs"]),
  ]);
  legacy.script.pages[0]?.splice(0, 2);
  proxy = await startProxy({
    mcpServers: {
      past: { url: legacy.url, passthrough: true },
      present: { url: modern.url, passthrough: true },
      hidden: { url: hidden.url },
    },
    policy: { tools: { "past.secret": "deny", "past.careful": "ask" } },
  });
});
afterAll(() => Promise.all([proxy?.stop(), legacy?.close(), modern?.close(), hidden?.close()]));

interface Result {
  readonly content: { readonly text: string }[];
  readonly isError?: boolean;
  readonly structuredContent?: unknown;
}

interface Caller {
  list(): Promise<{ readonly name: string }[]>;
  call(name: string, args: Record<string, unknown>, signal?: AbortSignal): Promise<Result>;
  close(): Promise<void>;
}

async function legacyCaller(onChanged = () => {}): Promise<Caller> {
  const client = new LegacyClient({ name: "e2e", version: "1.0.0" });
  client.setNotificationHandler(ToolListChangedNotificationSchema, onChanged);
  await client.connect(new LegacyHttp(proxy.url));
  return {
    list: async () => (await client.listTools()).tools,
    call: async (name, args, signal) => (await client.callTool({ name, arguments: args }, undefined, signal && { signal })) as Result,
    close: () => client.close(),
  };
}

async function modernCaller(onChanged = () => {}): Promise<Caller> {
  const client = new ModernClient(
    { name: "e2e", version: "1.0.0" },
    { versionNegotiation: { mode: { pin: "2026-07-28" } }, listChanged: { tools: { autoRefresh: false, onChanged } } },
  );
  await client.connect(new ModernHttp(proxy.url));
  return {
    list: async () => (await client.listTools(undefined, { cacheMode: "refresh" })).tools,
    call: async (name, args, signal) => (await client.callTool({ name, arguments: args }, signal && { signal })) as Result,
    close: () => client.close(),
  };
}

describe.each([
  ["a 2025 caller", legacyCaller],
  ["a 2026 caller", modernCaller],
])("tools that are passed through to %s", (_era, connect) => {
  let caller: Caller;
  let changed = Promise.withResolvers<void>();
  beforeAll(async () => {
    caller = await connect(() => changed.resolve());
  });
  afterAll(() => caller?.close());

  it("stand beside execute_code, in a fixed order, those of other upstreams and denied ones left out", async () => {
    const names = (await caller.list()).map(({ name }) => name);
    expect(names).toEqual([
      "execute_code",
      "broken",
      "careful",
      "past_shared",
      "wait",
      "present_a_b",
      "present_execute_code",
      "find",
      "routed",
      "present_shared",
    ]);
  });

  it("get an argument that is a header, too, in whatever way the caller's revision sends it", async () => {
    await caller.list();
    expect(await caller.call("routed", { region: "Zürich" })).toMatchObject(text("modern routed"));
    expect(received).toEqual({ region: "Zürich" });
  });

  it("are defined as their upstream defines them", async () => {
    expect((await caller.list()).find(({ name }) => name === "find")).toEqual(FIND);
  });

  it("get their arguments and answer as they are", async () => {
    const args = { words: ["a", 1], undeclared: { deep: null } };
    const result = await caller.call("find", args);
    expect(received).toEqual(args);
    expect(result).toMatchObject({ ...text("found"), structuredContent: { found: 2 }, _meta: { "example.com/own": 1 } });
  });

  it("are told apart where two upstreams have one name", async () => {
    expect(await caller.call("past_shared", {})).toMatchObject(text("legacy shared"));
    expect(await caller.call("present_shared", {})).toMatchObject(text("modern shared"));
    expect(await caller.call("present_execute_code", {})).toMatchObject(text("modern execute_code"));
    expect(await caller.call("present_a_b", {})).toMatchObject(text("modern a b"));
  });

  it("that fail say so", async () => {
    expect(await caller.call("broken", {})).toMatchObject({ ...text("it broke"), isError: true });
  });

  it("obey the policy", async () => {
    await expect(caller.call("secret", {})).rejects.toThrow('Unknown tool "secret"');
    const { isError, content } = await caller.call("careful", {});
    expect([isError, content[0]?.text]).toEqual([true, expect.stringContaining("a person has to allow this call") as string]);
  });

  it("are cancelled at the upstream when the caller cancels", async () => {
    waiting = Promise.withResolvers();
    const cancel = new AbortController();
    const call = caller.call("wait", {}, cancel.signal);
    const signal = await waiting.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    cancel.abort();
    await expect(call).rejects.toThrow();
    await aborted;
  });

  it("can be called by programs, too", async () => {
    const result = await caller.call("execute_code", { code: "return [await past.shared({}), await hidden.only_in_programs({})]" });
    expect(result.content[0]?.text).toBe('["legacy shared","modern only-in-programs"]');
  });

  it("that change are told of", async () => {
    await caller.list();
    changed = Promise.withResolvers();
    modern.script.pages.push([tool("one-more")]);
    await modern.notifyToolsChanged();
    await changed.promise;
    expect((await caller.list()).map(({ name }) => name)).toContain("one-more");
    modern.script.pages.pop();
    changed = Promise.withResolvers();
    await modern.notifyToolsChanged();
    await changed.promise;
    expect((await caller.list()).map(({ name }) => name)).not.toContain("one-more");
  });
});
