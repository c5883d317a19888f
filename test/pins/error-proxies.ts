import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { fixtureAnswers } from "../corpus/api-answers.ts";
import { FIXTURE_TOOLS } from "../corpus/api-tools.ts";
import { openCaller } from "../support/callers.ts";
import { sandboxProcesses } from "../support/processes.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import type { OffersScript } from "../support/offers.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ErrorCase, Setting } from "./error-cases.ts";

const CONFIG: Readonly<Record<Setting, object>> = {
  usual: { policy: { tools: { "github.merge_*": "ask" } } },
  unchecked: { check: "off" },
  tight: {
    limits: {
      programBytes: 2_000,
      callMs: 100,
      calls: 3,
      argumentBytes: 2_000,
      callResultBytes: 2_000,
      cpuMs: 300,
      resultChars: 300,
      consoleLines: 3,
    },
  },
  unconnected: {},
  silent: { features: { resources: false } },
  busy: { limits: { executions: 1, executionsQueued: 1, executionMs: 1_000 } },
};

/** What the upstream in trouble has besides tools. */
const ARCHIVED: OffersScript = {
  resources: [["doc://2025/report", "doc://2025/minutes", "doc://big"].map((uri) => ({ uri, name: uri }))],
  templates: [[]],
  prompts: [[{ name: "summarise", arguments: [{ name: "year", required: true }, { name: "length" }] }, { name: "index" }]],
  read({ name: uri }) {
    if (!/^doc:\/\/(?:2025\/|big$)/.test(uri)) throw Object.assign(new Error("no such document"), { code: -32_002 });
    return { contents: [{ uri, text: uri === "doc://big" ? "x".repeat(5_000) : "the text" }] };
  },
  get({ name, arguments: { year } }) {
    if (name !== "summarise") throw Object.assign(new Error(`there is no prompt ${name}`), { code: -32_602 });
    if (year === undefined) throw Object.assign(new Error("year is required"), { code: -32_602 });
    return { messages: [{ role: "user", content: { type: "text", text: `Summarise ${String(year)}.` } }] };
  },
  complete: () => ({ completion: { values: [] } }),
};

/** The proxies that the cases run on, each started when it is first needed, before the same scripted upstreams. */
export class ErrorProxies {
  readonly #cleanups: (() => Promise<unknown>)[] = [];
  readonly #proxies = new Map<Setting, Promise<Proxy>>();
  #held = Promise.withResolvers<void>();

  /** All that the caller reads, with what differs from run to run replaced. */
  async answer({ program, request, setting = "usual", ending }: ErrorCase): Promise<string> {
    const proxy = await this.#proxy(setting);
    if (request !== undefined) return answerTo(proxy, request);
    const caller = await openCaller(proxy.url);
    try {
      this.#held = Promise.withResolvers();
      // One runs, one waits, and one is told that there is no room: from then on there is none.
      const others = ending === "queued" ? [1, 2, 3].map(() => caller.run("await archive.hold({})")) : [];
      if (others.length > 0) await Promise.race(others);
      const running = caller.run(program);
      if (ending === "killed") {
        await this.#held.promise;
        for (const pid of await sandboxProcesses(proxy.child.pid ?? 0)) process.kill(pid, "SIGKILL");
      }
      const answer = await running;
      await Promise.all(others);
      return stable(answer.replace(/^ERROR /, "").replaceAll("\n--\n", "\n\n"));
    } finally {
      await caller.close();
    }
  }

  async close(): Promise<void> {
    for (const cleanup of this.#cleanups.toReversed()) await cleanup();
  }

  #proxy(setting: Setting): Promise<Proxy> {
    const proxy = this.#proxies.get(setting) ?? this.#start(setting);
    this.#proxies.set(setting, proxy);
    return proxy;
  }

  async #start(setting: Setting): Promise<Proxy> {
    const mcpServers: Record<string, { url: string; auth?: string }> = {
      offline: { url: "http://127.0.0.1:1/mcp" },
      archive: { url: await this.#archive() },
    };
    for (const key of ["github", "tracker"]) {
      const answers = fixtureAnswers();
      const upstream = await startUpstream("legacy", {
        pages: [[...(FIXTURE_TOOLS[key] ?? [])]],
        call: ({ name, arguments: args }) => answers[`${key}/${name}`]?.(args),
      });
      this.#cleanups.push(() => upstream.close());
      mcpServers[key] = { url: upstream.url };
    }
    const state = await mkdtemp(join(tmpdir(), "codemode-state-"));
    this.#cleanups.push(() => rm(state, { recursive: true, force: true }));
    if (setting === "unconnected") mcpServers["notes"] = { url: await this.#notes(), auth: "oauth" };
    const proxy = await startProxy({ mcpServers, ...CONFIG[setting] }, { env: { CODEMODE_STATE: state } });
    this.#cleanups.push(() => proxy.stop());
    return proxy;
  }

  /** An upstream that knows nobody. */
  async #notes(): Promise<string> {
    const upstream = await startUpstream("legacy", { pages: [[]], call: () => text("") }, () => new Response(null, { status: 401 }));
    this.#cleanups.push(() => upstream.close());
    return upstream.url;
  }

  /** An upstream in trouble. */
  async #archive(): Promise<string> {
    const upstream = await startUpstream("legacy", {
      pages: [["hold", "echo", "big", "crash", "confirm"].map((name) => tool(name))],
      call: async ({ name, arguments: args, signal, ask }) => {
        if (name === "confirm") {
          await ask("elicitation/create", { message: "Sure?", requestedSchema: { type: "object", properties: {} } });
          return text("confirmed");
        }
        if (name === "crash") throw new Error("the index is being rebuilt");
        if (name !== "hold") return text(name === "big" ? "x".repeat(5_000) : JSON.stringify(args));
        this.#held.resolve();
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("cancelled"))));
      },
      offers: ARCHIVED,
    });
    this.#cleanups.push(() => upstream.close());
    return upstream.url;
  }
}

async function answerTo(proxy: Proxy, request: NonNullable<ErrorCase["request"]>): Promise<string> {
  const client = new Client({ name: "errors", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
  try {
    const { content } = (await client.callTool(request)) as { content: { text: string }[] };
    return content.map((block) => block.text).join("\n\n");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.close();
  }
}

function stable(text: string): string {
  return text
    .replaceAll(/\(\d+ ms\)/g, "(N ms)")
    .replaceAll(/127\.0\.0\.1:\d+\/connect\/[\w-]{43}/g, "127.0.0.1:PORT/connect/TICKET")
    .replaceAll(/fault [0-9a-f]{8}/g, "fault ID")
    .replaceAll(/"r[0-9a-f]{8}"/g, '"ID"');
}
