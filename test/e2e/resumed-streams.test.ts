import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CallToolResultSchema, ElicitRequestSchema, ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { form } from "../support/asking.ts";
import { startBreakingRelay } from "../support/breaking-relay.ts";
import type { BreakingRelay } from "../support/breaking-relay.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { Call, ScriptedUpstream } from "../support/upstreams.ts";

/** What the next call of the upstream does. */
let work: (call: Call) => Promise<object>;
let arrived: PromiseWithResolvers<Call>;

let upstream: ScriptedUpstream;
let proxy: Proxy;
let relay: BreakingRelay;
const clients: Client[] = [];

beforeAll(async () => {
  upstream = await startUpstream("legacy", {
    pages: [[tool("work")]],
    async call(call) {
      arrived.resolve(call);
      return work(call);
    },
  });
  proxy = await startProxy({ mcpServers: { peer: { url: upstream.url } } });
});
beforeEach(async () => {
  arrived = Promise.withResolvers();
  upstream.calls.length = 0;
  relay = await startBreakingRelay(proxy.url);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await relay.close();
});
afterAll(async () => {
  await proxy?.stop();
  await upstream?.close();
});

async function open(resumed?: { readonly sessionId: string }): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const client = new Client({ name: "resuming", version: "1.0.0" }, { capabilities: { elicitation: {} } });
  const transport = new StreamableHTTPClientTransport(relay.url, resumed);
  clients.push(client);
  await client.connect(transport);
  if (resumed !== undefined) transport.setProtocolVersion("2025-11-25");
  return { client, transport };
}

const PROGRAM = { name: "execute_code", arguments: { code: "return await peer.work({})" } };
const DONE = { content: [{ type: "text", text: "done" }] };

/** A call, and when its stream begins for the nth time. */
function resumable(client: Client, signal?: AbortSignal) {
  let streams = 0;
  let look = () => {};
  const onresumptiontoken = () => {
    streams += 1;
    look();
  };
  const request = { method: "tools/call" as const, params: PROGRAM };
  return {
    result: client.request(request, CallToolResultSchema, { onresumptiontoken, ...(signal !== undefined && { signal }) }),
    begun: (nth: number) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (streams >= nth) resolve();
        };
        look();
      }),
  };
}

describe.each(["cut", "lose"] as const)("a client of 2025-11-25 whose connections break in the middle of an execution (%s)", (how) => {
  it("gets the result of what went on meanwhile, which ran once", async () => {
    const goOn = Promise.withResolvers<object>();
    work = () => goOn.promise;
    const { client } = await open();
    const result = client.callTool(PROGRAM);
    await arrived.promise;
    relay[how]();
    goOn.resolve(text("done"));
    expect(await result).toMatchObject(DONE);
    expect(upstream.calls).toHaveLength(1);
    expect(upstream.calls[0]?.signal.aborted).toBe(false);
  });

  it("may break again before anything has happened on the new stream", async () => {
    const goOn = Promise.withResolvers<object>();
    work = () => goOn.promise;
    const { client } = await open();
    const { result, begun } = resumable(client);
    for (let broken = 0; broken < 3; broken += 1) {
      await begun(broken + 1);
      if (broken === 0) await arrived.promise;
      relay[how]();
    }
    goOn.resolve(text("done"));
    expect(await result).toMatchObject(DONE);
    expect(upstream.calls).toHaveLength(1);
  });

  it("gets the progress that was made meanwhile, in its order and nothing twice", async () => {
    const goOn = Promise.withResolvers<void>();
    work = async (call) => {
      await call.progress(1, 4, "one");
      await goOn.promise;
      for (const [at, name] of [
        [2, "two"],
        [3, "three"],
        [4, "four"],
      ] as const)
        await call.progress(at, 4, name);
      return text("done");
    };
    const { client } = await open();
    const seen: (string | undefined)[] = [];
    const first = Promise.withResolvers<void>();
    const onprogress = ({ message }: { message?: string | undefined }) => {
      seen.push(message);
      if (message?.includes("one") === true) first.resolve();
    };
    const result = client.callTool(PROGRAM, undefined, { onprogress });
    await first.promise;
    relay[how]();
    goOn.resolve();
    expect(await result).toMatchObject(DONE);
    expect(seen.filter((message) => /one|two|three|four/.test(message ?? ""))).toEqual(
      ["one", "two", "three", "four"].map((name) => expect.stringContaining(name) as string),
    );
  });

  it("is asked what was to be asked meanwhile, once, and its answer arrives", async () => {
    const goOn = Promise.withResolvers<void>();
    work = async (call) => {
      await goOn.promise;
      const { content } = (await call.ask("elicitation/create", form("Your name?"))) as { content?: { value?: string } };
      return text(`hello ${content?.value}`);
    };
    const { client } = await open();
    let asked = 0;
    client.setRequestHandler(ElicitRequestSchema, () => {
      asked += 1;
      return { action: "accept", content: { value: "Ann" } };
    });
    const result = client.callTool(PROGRAM);
    await arrived.promise;
    relay[how]();
    goOn.resolve();
    expect(await result).toMatchObject({ content: [{ text: "hello Ann" }] });
    expect(asked).toBe(1);
  });

  it("can cancel when it is back", async () => {
    const aborted = Promise.withResolvers<void>();
    work = (call) => {
      call.signal.addEventListener("abort", () => aborted.resolve());
      return new Promise(() => undefined);
    };
    const { client } = await open();
    const cancel = new AbortController();
    const { result, begun } = resumable(client, cancel.signal);
    await arrived.promise;
    relay[how]();
    await begun(2);
    cancel.abort();
    await expect(result).rejects.toThrow();
    await aborted.promise;
  });

  it("hears of tools that changed meanwhile", async () => {
    const { client } = await open();
    const told = Promise.withResolvers<void>();
    await relay.passed("id: session-");
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => told.resolve());
    await client.listTools();
    relay[how]();
    upstream.script.pages = [[tool("work"), tool(`added_${how}`)]];
    await upstream.notifyToolsChanged();
    await told.promise;
    expect((await client.listTools()).tools[0]?.description).toContain(`added_${how}`);
  });
});

it("a client whose call failed in the protocol comes once more, and is told that there is nothing to come", async () => {
  const { client } = await open();
  await expect(client.callTool({ name: "nothing" })).rejects.toThrow("The only tool is execute_code.");
  await relay.passed("HTTP/1.1 204");
});

describe("a client that was ended in the middle of an execution", () => {
  it("goes on as another process that knows session and event", async () => {
    const goOn = Promise.withResolvers<object>();
    work = () => goOn.promise;
    const { client, transport } = await open();
    let token = "";
    const request = { method: "tools/call" as const, params: PROGRAM };
    const given = client.request(request, CallToolResultSchema, { onresumptiontoken: (last) => (token = last) });
    await arrived.promise;
    const { sessionId = "" } = transport;
    await Promise.all([client.close(), expect(given).rejects.toThrow()]);
    const other = await open({ sessionId });
    const result = other.client.request(request, CallToolResultSchema, { resumptionToken: token });
    await relay.passed(`last-event-id: ${token}`);
    goOn.resolve(text("done"));
    expect(await result).toMatchObject(DONE);
    expect(upstream.calls).toHaveLength(1);
  });
});
