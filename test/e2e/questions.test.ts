import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { accept, openAskedCaller, said } from "../support/asked-caller.ts";
import type { AskedCaller, AskedCallerOptions } from "../support/asked-caller.ts";
import { askInTurn, form, prompt } from "../support/asking.ts";
import type { Asked } from "../support/asking.ts";
import type { CallerEra } from "../support/callers.ts";
import { startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

/** Asks what it is told to, and says what it was answered. `started` counts how often a call has begun, to show that nothing runs twice. */
async function askingUpstream(era: "legacy" | "modern"): Promise<{ upstream: ScriptedUpstream; started: () => number }> {
  let started = 0;
  const upstream = await startUpstream(era, {
    pages: [[tool("ask")]],
    async call(call) {
      if (call.state === undefined) started += 1;
      const met = await askInTurn(call, call.arguments["questions"] as Asked, era);
      return "result" in met ? met.result : text(JSON.stringify(met.answers));
    },
  });
  return { upstream, started: () => started };
}

let upstreams: Record<"legacy" | "modern", Awaited<ReturnType<typeof askingUpstream>>>;
let proxy: Proxy;
let file: { folder: string; file: string };
const callers: AskedCaller[] = [];

beforeAll(async () => {
  upstreams = { legacy: await askingUpstream("legacy"), modern: await askingUpstream("modern") };
  const config = { mcpServers: { legacy: { url: upstreams.legacy.upstream.url }, modern: { url: upstreams.modern.upstream.url } } };
  proxy = await startProxy(config);
  file = await writeConfig(config);
});
afterEach(async () => {
  await Promise.all(callers.splice(0).map((caller) => caller.close()));
});
afterAll(async () => {
  await proxy?.stop();
  await rm(file.folder, { recursive: true, force: true });
  await Promise.all(Object.values(upstreams).map(({ upstream }) => upstream.close()));
});

const ERAS: CallerEra[] = ["2025", "2026"];
const WAYS = ERAS.flatMap((era) => (["http", "stdio"] as const).map((way) => [era, way] as const));

async function open(era: CallerEra, way: "http" | "stdio", options: Partial<AskedCallerOptions> = {}): Promise<AskedCaller> {
  const caller = await openAskedCaller({ era, to: way === "http" ? proxy.url : file.file, ...options });
  callers.push(caller);
  return caller;
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === false) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

const program = (...asked: Asked) => `const questions = ${JSON.stringify(asked)};`;

describe.each(WAYS)("a %s caller over %s", (era, way) => {
  it.each(["legacy", "modern"] as const)("is asked by a %s upstream for forms, by a model and for roots, in turn", async (upstream) => {
    const caller = await open(era, way, {
      answer: ({ method, params }) => {
        if (method === "elicitation/create") return accept(params.message ?? "");
        return method === "roots/list" ? { roots: [{ uri: "file:///home/ann", name: "home" }] } : said("forty-two");
      },
    });
    const asked: Asked = [["elicitation/create", form("Your name?")], ["sampling/createMessage", prompt("6 x 7")], ["roots/list"]];
    const before = upstreams[upstream].started();
    const answers = await caller.run(`${program(...asked)} return await ${upstream}.ask({ questions })`);
    expect(JSON.parse(answers)).toMatchObject([
      { action: "accept", content: { value: `${upstream} asks: Your name?` } },
      { content: { type: "text", text: "forty-two" } },
      { roots: [{ uri: "file:///home/ann", name: "home" }] },
    ]);
    expect(caller.asked.map(({ method }) => method)).toEqual(["elicitation/create", "sampling/createMessage", "roots/list"]);
    expect(caller.asked[1]?.params).toMatchObject({ systemPrompt: `This request comes from the MCP server "${upstream}".`, maxTokens: 10 });
    expect(upstreams[upstream].started() - before).toBe(1);
  });

  it.each(["decline", "cancel"])("may answer with %s, which its upstream is told", async (action) => {
    const caller = await open(era, way, { answer: () => ({ action }) });
    const run = (upstream: string) =>
      caller.run(`${program(["elicitation/create", form("?")])} return await ${upstream}.ask({ questions })`);
    expect(await run("legacy")).toBe(`[{"action":"${action}"}]`);
    expect(await run("modern")).toBe(`[{"action":"${action}"}]`);
  });

  it("is asked at once for what arises at once, and again for what arises later", async () => {
    const all = Promise.withResolvers<void>();
    const caller = await open(era, way, {
      answer: async ({ params, method }) => {
        if (caller.asked.length === 3) all.resolve();
        // None of the first three is answered before all have been asked.
        await all.promise;
        return method === "sampling/createMessage" ? said("model") : accept(params.message ?? "");
      },
    });
    const result = await caller.run(`
      const form = ${JSON.stringify(form("?"))};
      const ask = async (server, ...questions) => JSON.parse(JSON.stringify(await server.ask({ questions }))).map((answer) => answer.content.value ?? answer.content.text);
      const both = async () => [...await ask(legacy, ["elicitation/create", form]), ...await ask(modern, ["elicitation/create", form])];
      return await Promise.all([both(), ask(modern, ["elicitation/create", form]), ask(legacy, ["sampling/createMessage", ${JSON.stringify(prompt("?"))}])]);
    `);
    expect(JSON.parse(result)).toEqual([["legacy asks: ?", "modern asks: ?"], ["modern asks: ?"], ["model"]]);
    expect(caller.asked).toHaveLength(4);
  });

  it("is sent to a page on the web, and to nothing else", async () => {
    const caller = await open(era, way, { answer: () => ({ action: "accept" }) });
    const page = (url: string) => ({ mode: "url", message: "Sign in", url, elicitationId: "7" });
    const run = (upstream: string, url: string) =>
      caller.run(
        `${program(["elicitation/create", page(url)])} return await ${upstream}.ask({ questions }).catch((error) => error.message)`,
      );
    for (const upstream of ["legacy", "modern"]) {
      expect(await run(upstream, "https://example.com/login")).toBe('[{"action":"accept"}]');
      expect(await run(upstream, "javascript:alert(1)")).toMatch(/This question is not passed on: the URL is not https/);
    }
    const message = (upstream: string) => `${upstream} asks you to open a page of example.com: Sign in`;
    expect(caller.asked.map(({ params }) => params)).toEqual(
      ["legacy", "modern"].map((upstream) =>
        expect.objectContaining({ mode: "url", url: "https://example.com/login", message: message(upstream) }),
      ),
    );
  });

  it("that cannot be asked gets an error that says so, at once, and may go on", async () => {
    const caller = await open(era, way, { capabilities: { roots: {} }, answer: () => ({ roots: [] }) });
    const result = await caller.run(`
      ${program(["elicitation/create", form("?")])}
      const errors = [];
      for (const server of [legacy, modern]) {
        await server.ask({ questions }).catch(({ code, message }) => errors.push([code, message]));
        await server.ask({ questions: [["sampling/createMessage", ${JSON.stringify(prompt("?"))}]] }).catch(({ code, message }) => errors.push([code, message]));
        errors.push(await server.ask({ questions: [["roots/list"]] }));
      }
      return errors;
    `);
    const cannot = (upstream: string, missing: string) => [
      "question",
      `${upstream}.ask: the server wants to ask, and your client cannot be asked: it has no ${missing}. Use a client that supports it, or a tool that does not ask.`,
    ];
    expect(JSON.parse(result)).toEqual(
      ["legacy", "modern"].flatMap((upstream) => [cannot(upstream, "elicitation.form"), cannot(upstream, "sampling"), [{ roots: [] }]]),
    );
    expect(caller.asked.map(({ method }) => method)).toEqual(["roots/list", "roots/list"]);
  });
});

describe("a 2025 caller", () => {
  it("that fails to answer fails the call, which the program may catch", async () => {
    const caller = await open("2025", "http", {
      answer: () => {
        throw new Error("user closed the dialog");
      },
    });
    const run = (upstream: string) =>
      caller.run(
        `${program(["elicitation/create", form("?")])} return await ${upstream}.ask({ questions }).catch(({ code, message }) => [code, message])`,
      );
    expect(await run("legacy")).toMatch(/^\["tool_failed","legacy.ask: .*user closed the dialog"\]$/);
    expect(await run("modern")).toMatch(/^\["tool_failed","modern.ask: .*user closed the dialog"\]$/);
  });

  it("that cancels while it is asked is told that the question is over, and so is the upstream", async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const caller = await open("2025", "http", {
      answer: ({ signal }) => {
        // The v1 SDK's client takes no notice when the very first request of a server is cancelled, which has the id 0.
        if (caller.asked.length === 1) return { action: "decline" };
        asked.resolve(signal);
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const questions = program(["elicitation/create", form("1")], ["elicitation/create", form("2")]);
    const run = caller.run(`${questions} return await legacy.ask({ questions })`, { signal: controller.signal });
    const question = await asked.promise;
    controller.abort();
    await expect(run).rejects.toThrow();
    await aborted(question);
    await aborted(upstreams.legacy.upstream.calls.at(-1)?.signal);
  });
});

describe("a question that nobody answers", () => {
  it.each(ERAS)(
    "ends the execution of a %s caller after parkMs, with the calls that had been made, and its upstream's call",
    async (era) => {
      const { upstream } = await askingUpstream("legacy");
      const impatient = await startProxy({ mcpServers: { peer: { url: upstream.url } }, limits: { parkMs: 500 } });
      try {
        const answered = Promise.withResolvers<object>();
        const caller = await openAskedCaller({ era, to: impatient.url, answer: () => answered.promise });
        callers.push(caller);
        const run = caller.run(`${program(["elicitation/create", form("?")])} return await peer.ask({ questions }).catch(() => "caught")`);
        const late = async () => {
          const [call] = upstream.calls;
          if (call?.signal.aborted === false) await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
          // In 2026-07-28 the request comes back with this; in 2025 it is too late for anything.
          answered.resolve(accept("late"));
        };
        await upstream.called;
        await late();
        expect(await run).toMatch(
          /^ERROR The program was stopped: a question to the user was not answered within parkMs = 500 ms\. Answer sooner, or raise limits\.parkMs in the configuration\.\n--\nCalls that had been made \(1\):\npeer\.ask cancelled/,
        );
      } finally {
        await impatient.stop();
        await upstream.close();
      }
    },
  );
});
