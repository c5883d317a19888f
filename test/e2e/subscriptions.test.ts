import { join } from "node:path";
import type { McpSubscription } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import {
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import type { CallerEra } from "../support/callers.ts";
import { startOffering } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let bare: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([startOffering("legacy"), startOffering("modern")]);
  bare = await startUpstream("legacy", { pages: [[tool("only")]], call: () => text("ok") });
  const everything = { command: join(ROOT, "node_modules/.bin/mcp-server-everything") };
  const config = {
    mcpServers: { past: { url: past.url }, present: { url: present.url }, bare: { url: bare.url }, everything },
    limits: { retryMs: 1_000 },
  };
  served = await serve(config);
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close(), bare?.close()]);
});

/** A client of either era that is told of changes, each of which is noted. */
interface Watcher {
  readonly told: string[];
  /** Resolves when `count` things have been told in all, or `count` times this. */
  readonly untilTold: (count: number, what?: string) => Promise<void>;
  /** Resolves to those that will be told of. In 2026 they are one stream. */
  readonly subscribe: (uris: readonly string[]) => Promise<readonly string[]>;
  /** Of all that was subscribed to so far. */
  readonly unsubscribe: () => Promise<void>;
  readonly run: AskedCaller["run"];
  readonly close: () => Promise<void>;
}

const opened: Watcher[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((watcher) => watcher.close()));
});

async function openWatcher(era: CallerEra, to: URL | string): Promise<Watcher> {
  const { client, close, run } = await openAskedCaller({ era, to });
  const told: string[] = [];
  let more = Promise.withResolvers<void>();
  const note = (what: string) => {
    told.push(what);
    more.resolve();
    more = Promise.withResolvers();
  };
  const untilTold = async (count: number, what?: string) => {
    while (told.filter((one) => what === undefined || one === what).length < count) await more.promise;
  };
  let watcher: Watcher;
  if (client instanceof LegacyClient) {
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => note(params.uri));
    client.setNotificationHandler(ResourceListChangedNotificationSchema, () => note("resources"));
    client.setNotificationHandler(PromptListChangedNotificationSchema, () => note("prompts"));
    const subscribed = new Set<string>();
    watcher = {
      told,
      untilTold,
      close,
      run,
      async subscribe(uris) {
        for (const uri of uris) {
          await client.subscribeResource({ uri });
          subscribed.add(uri);
        }
        return uris;
      },
      async unsubscribe() {
        for (const uri of subscribed) await client.unsubscribeResource({ uri });
        subscribed.clear();
      },
    };
  } else {
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => note(params.uri));
    client.setNotificationHandler("notifications/resources/list_changed", () => note("resources"));
    client.setNotificationHandler("notifications/prompts/list_changed", () => note("prompts"));
    const streams: McpSubscription[] = [await client.listen({ resourcesListChanged: true, promptsListChanged: true })];
    watcher = {
      told,
      untilTold,
      close,
      run,
      async subscribe(uris) {
        const stream = await client.listen({ resourceSubscriptions: [...uris] });
        streams.push(stream);
        return stream.honoredFilter.resourceSubscriptions ?? [];
      },
      unsubscribe: async () => void (await Promise.all(streams.splice(1).map((stream) => stream.close()))),
    };
  }
  opened.push(watcher);
  return watcher;
}

const SHARED = ["codemode://past/note://shared/1", "codemode://present/note://shared/1"];

describe.each(FOUR_WAYS)("a %s caller over %s", (era, transport) => {
  it("is told when a resource changes that it has subscribed to, under the URI that it has named, until it unsubscribes", async () => {
    const watcher = await openWatcher(era, served.to(transport));
    expect(await watcher.subscribe([...SHARED, "note://only/legacy"])).toEqual([...SHARED, "note://only/legacy"]);
    await past.notifyUpdated("note://shared/1");
    await watcher.untilTold(1);
    await present.notifyUpdated("note://shared/1");
    await watcher.untilTold(2);
    await past.notifyUpdated("note://only/legacy");
    await watcher.untilTold(3);
    expect(watcher.told).toEqual([...SHARED, "note://only/legacy"]);
    await watcher.unsubscribe();
    await watcher.subscribe([SHARED[1]!]);
    // What was unsubscribed from would be told first.
    await past.notifyUpdated("note://shared/1");
    await present.notifyUpdated("note://shared/1");
    await watcher.untilTold(4);
    expect(watcher.told.slice(3)).toEqual([SHARED[1]]);
  });

  it("is told when lists of resources and prompts change", async () => {
    const watcher = await openWatcher(era, served.to(transport));
    // The upstreams are connected to with the first request that needs them.
    await watcher.subscribe(SHARED);
    for (const upstream of [past, present]) {
      const before = watcher.told.length;
      await upstream.notifyChanged("resources");
      await watcher.untilTold(before + 1);
      await upstream.notifyChanged("prompts");
      await watcher.untilTold(before + 2);
    }
    expect(watcher.told).toEqual(["resources", "prompts", "resources", "prompts"]);
  });

  it("is told of what server-everything says has changed, after a program has asked it to", async () => {
    const watcher = await openWatcher(era, served.to(transport));
    const uri = "codemode://everything/demo://resource/dynamic/text/1";
    expect(await watcher.subscribe([uri])).toEqual([uri]);
    const toggle = "return await everything.toggle_subscriber_updates({})";
    expect(await watcher.run(toggle)).toContain("Started simulated resource updated notifications");
    await watcher.untilTold(1, uri);
    expect(await watcher.run(toggle)).toContain("Stopped simulated resource updates");
  });

  it("is refused, or not promised, what nobody would tell of", async () => {
    const watcher = await openWatcher(era, served.to(transport));
    const wrong = ["codemode://bare/x://1", "codemode://nobody/x://1", "note://unheard", `codemode://past/${"x".repeat(8_192)}`];
    if (era === "2026") {
      expect(await watcher.subscribe([...wrong, SHARED[0]!])).toEqual([SHARED[0]]);
      return;
    }
    const reasons = [
      /this server does not tell when that resource changes/,
      /there is no server "nobody"/,
      /there is no resource "note:\/\/unheard"/,
      /the URI is longer than uriChars = 8192 characters/,
    ];
    for (const [index, uri] of wrong.entries()) await expect(watcher.subscribe([uri])).rejects.toThrow(reasons[index]);
  });
});

it.each(["2025", "2026"] as const)("a %s caller has so many subscriptions, and no more until some have ended", async (era) => {
  const strict = await startProxy({ mcpServers: { past: { url: past.url } }, limits: { subscriptions: 4 } });
  const watcher = await openWatcher(era, strict.url);
  const uris = [1, 2, 3, 4, 5].map((id) => `codemode://past/note://many/${id}`);
  if (era === "2026") expect(await watcher.subscribe(uris)).toHaveLength(4);
  else await expect(watcher.subscribe(uris)).rejects.toThrow("there are subscriptions = 4 subscriptions already");
  const other = await openWatcher("2025", strict.url);
  await expect(other.subscribe([SHARED[0]!])).rejects.toThrow("there are subscriptions = 4 subscriptions already");
  await watcher.unsubscribe();
  if (era === "2025") expect(await other.subscribe([SHARED[0]!])).toEqual([SHARED[0]]);
  await strict.stop();
});

describe("subscriptions outlive", () => {
  it.each(["2025", "2026"] as const)("a 2025 upstream that was restarted and knows no session any more (%s caller)", async (era) => {
    const watcher = await openWatcher(era, served.proxy.url);
    await watcher.subscribe([SHARED[0]!]);
    past.restart();
    // Something may have changed meanwhile.
    await watcher.untilTold(1, SHARED[0]);
    await past.notifyUpdated("note://shared/1");
    await watcher.untilTold(2, SHARED[0]);
  });

  it.each(["2025", "2026"] as const)("a 2026 upstream that ends the stream (%s caller)", async (era) => {
    const watcher = await openWatcher(era, served.proxy.url);
    await watcher.subscribe([SHARED[1]!]);
    present.restart();
    await watcher.untilTold(1, SHARED[1]);
    await present.notifyUpdated("note://shared/1");
    await watcher.untilTold(2, SHARED[1]);
  });
});

it("a caller that has unsubscribed leaves nothing behind at the upstream, and one that watches the same goes on", async () => {
  const [one, other] = await Promise.all([openWatcher("2025", served.proxy.url), openWatcher("2025", served.proxy.url)]);
  await Promise.all([one.subscribe([SHARED[0]!]), other.subscribe([SHARED[0]!])]);
  const before = past.methods.length;
  await one.unsubscribe();
  await past.notifyUpdated("note://shared/1");
  await other.untilTold(1);
  await other.unsubscribe();
  // The next request of the same connection comes after what the end of the last one has set going.
  await one.subscribe(["codemode://past/note://other"]);
  const methods = past.methods.slice(before).filter((method) => method.startsWith("resources/"));
  expect(methods).toEqual(["resources/unsubscribe", "resources/subscribe"]);
  expect(one.told).toEqual([]);
});
