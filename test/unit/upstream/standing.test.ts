import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { Limits } from "../../../src/core/limits.ts";
import type { News } from "../../../src/core/news.ts";
import { UpstreamClient } from "../../../src/upstream/client.ts";
import { SILENT_RELAY } from "../../support/silent-relay.ts";
import { startOffering } from "../../support/offered.ts";
import type { Guard, ScriptedUpstream } from "../../support/upstreams.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

it("an upstream whose tools change each time that they are read can be used all the same", async () => {
  const changing: { upstream?: ScriptedUpstream } = {};
  const { client, upstream } = await openClient("legacy", async (request) => {
    if (request.method !== "POST" || !(await request.clone().text()).includes("tools/list")) return undefined;
    await changing.upstream?.notifyToolsChanged();
    // Until the change has been noticed: the client waits for further ones first.
    await new Promise((resolve) => setTimeout(resolve, 400));
    return undefined;
  });
  changing.upstream = upstream;
  upstream.forgetSessions();
  const read = { method: "resources/read", params: { uri: "note://one" } } as const;
  const { contents } = await client.request(read, { signal: new AbortController().signal, relay: SILENT_RELAY });
  expect(contents).toHaveLength(1);
});

/** A client of a real server, and what it tells of resources that have changed. */
async function openClient(era: "legacy" | "modern", guard?: Guard, limits: Partial<Limits> = {}) {
  const upstream = await startOffering(era, guard);
  const told: string[] = [];
  let more = Promise.withResolvers<void>();
  const onNews = (news: News) => {
    if (news.kind !== "updated") return;
    told.push(news.uri);
    more.resolve();
    more = Promise.withResolvers();
  };
  const client = new UpstreamClient(
    { key: "it", namespace: "it", kind: "http", transport: "auto", url: upstream.url, headers: {} },
    {
      readEnv: () => undefined,
      limits: { ...DEFAULT_LIMITS, listMs: 120_000, ...limits },
      link: async () => "",
      decide: () => "allow",
      onChange: () => undefined,
      onNews,
      log: () => undefined,
    },
  );
  opened.push(client, upstream);
  await client.open();
  const untilTold = async (uri: string, times = 1) => {
    while (told.filter((one) => one === uri).length < times) await more.promise;
  };
  return { upstream, client, told, untilTold };
}

const listens = ({ methods }: ScriptedUpstream) => methods.filter((method) => method === "subscriptions/listen").length;

describe("of a 2026 upstream", () => {
  it("many resources that are watched no more cost one stream", async () => {
    const { upstream, client, told, untilTold } = await openClient("modern");
    const { standing } = client;
    await standing.watch("note://stays");
    const ends = await Promise.all(Array.from({ length: 50 }, (_, id) => standing.watch(`note://${id}`)));
    const before = listens(upstream);
    for (const end of ends) end();
    // Comes after what has been set going.
    await standing.watch("note://last");
    expect(listens(upstream) - before).toBe(1);
    await upstream.notifyUpdated("note://stays");
    await untilTold("note://stays");
    expect(told).toEqual(["note://stays"]);
  });

  it("a stream that cannot be replaced goes on, and is closed when another one takes its place", async () => {
    let refuses = false;
    const streams: AbortSignal[] = [];
    const { upstream, client, told, untilTold } = await openClient("modern", (request) => {
      if (request.headers.get("mcp-method") !== "subscriptions/listen") return undefined;
      if (refuses) return new Response(null, { status: 500 });
      streams.push(request.signal);
      return undefined;
    });
    const { standing } = client;
    await standing.watch("note://first");
    const [first] = streams.slice(-1);
    refuses = true;
    await expect(standing.watch("note://refused")).rejects.toThrow();
    refuses = false;
    await upstream.notifyUpdated("note://first");
    await untilTold("note://first");
    await standing.watch("note://second");
    await new Promise<void>((resolve) => {
      if (first?.aborted === true) resolve();
      first?.addEventListener("abort", () => resolve());
    });
    await upstream.notifyUpdated("note://first");
    await upstream.notifyUpdated("note://second");
    await untilTold("note://second");
    expect(told).toEqual(["note://first", "note://first", "note://second"]);
  });
});

describe("of a 2025 upstream", () => {
  it("a resource is watched although another connection takes the place of the one on which it is asked for", async () => {
    const arrived = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { upstream, client } = await openClient("legacy", async (request) => {
      const isAsked = request.method === "POST" && (await request.clone().text()).includes("resources/subscribe");
      if (isAsked) {
        arrived.resolve();
        await gate.promise;
      }
      return undefined;
    });
    const watching = client.standing.watch("note://one");
    await arrived.promise;
    // There is somebody who can be asked: another connection tells the server so.
    client.offer({ elicitation: {} });
    gate.resolve();
    await watching;
    expect([...upstream.subscribed]).toEqual(["note://one"]);
  });

  it("that fails to answer whether it tells of a resource is asked again", async () => {
    let failures = 0;
    const failing = async (request: Request) => {
      if (failures === 0 || request.method !== "POST" || !(await request.clone().text()).includes("resources/subscribe")) return undefined;
      failures -= 1;
      return new Response(null, { status: 503 });
    };
    const { upstream, client, untilTold } = await openClient("legacy", failing, { retryMs: 20 });
    await client.standing.watch("note://one");
    failures = 2;
    upstream.forgetSessions();
    await client.request(
      { method: "resources/read", params: { uri: "note://one" } },
      { signal: new AbortController().signal, relay: SILENT_RELAY },
    );
    // With each attempt something may have changed.
    await untilTold("note://one", 3);
    expect(failures).toBe(0);
    await upstream.notifyUpdated("note://one");
    await untilTold("note://one", 4);
  });

  it("that does not answer whether it tells of a resource keeps nobody waiting who wants something else of it", async () => {
    const gate = Promise.withResolvers<undefined>();
    let isDeaf = false;
    const { upstream, client } = await openClient("legacy", async (request) => {
      const isAsked = isDeaf && request.method === "POST" && (await request.clone().text()).includes("resources/subscribe");
      return isAsked ? gate.promise : undefined;
    });
    await client.standing.watch("note://one");
    isDeaf = true;
    upstream.forgetSessions();
    const read = { method: "resources/read", params: { uri: "note://one" } } as const;
    const { contents } = await client.request(read, { signal: new AbortController().signal, relay: SILENT_RELAY });
    expect(contents).toHaveLength(1);
    gate.resolve(undefined);
  });
});
