import { join } from "node:path";
import type { Client as ModernClient } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import type { CallerEra } from "../support/callers.ts";
import { startOffering } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

interface Heard {
  readonly level: string;
  readonly logger?: string;
  readonly data: unknown;
}

/** A client that notes what is logged. */
interface Listener {
  readonly caller: AskedCaller;
  readonly heard: Heard[];
  /** Resolves when so many messages have been heard in all. */
  readonly untilHeard: (count: number) => Promise<void>;
}

async function openListener(era: CallerEra, to: URL | string): Promise<Listener> {
  const caller = await openAskedCaller({ era, to });
  const heard: Heard[] = [];
  let more = Promise.withResolvers<void>();
  const note = ({ params }: { params: unknown }) => {
    heard.push(params as Heard);
    more.resolve();
    more = Promise.withResolvers();
  };
  const { client } = caller;
  if (client instanceof LegacyClient) client.setNotificationHandler(LoggingMessageNotificationSchema, note);
  else client.setNotificationHandler("notifications/message", note);
  const untilHeard = async (count: number) => {
    while (heard.length < count) await more.promise;
  };
  return { caller, heard, untilHeard };
}

/** Runs a program, from this level on. */
async function run({ caller: { client } }: Listener, code: string, level: string | undefined): Promise<void> {
  const call = { name: "execute_code", arguments: { code } };
  if (client instanceof LegacyClient) {
    if (level !== undefined) await client.setLoggingLevel(level as "info");
    await client.callTool(call);
  } else {
    const meta = level === undefined ? {} : { _meta: { "io.modelcontextprotocol/logLevel": level } };
    await client.callTool({ ...call, ...meta });
  }
}

const FROM_CALL = (namespace: string): Heard => ({ level: "warning", logger: `${namespace}.worker`, data: { what: "said in a call" } });
const SMALL = (namespace: string): Heard => ({ level: "debug", logger: namespace, data: "small things" });

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([startOffering("legacy"), startOffering("modern")]);
  const everything = { command: join(ROOT, "node_modules/.bin/mcp-server-everything") };
  const config = { mcpServers: { past: { url: past.url }, present: { url: present.url }, everything } };
  served = await serve(config);
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close()]);
});

describe.each(FOUR_WAYS)("log messages for a %s caller over %s", (era, transport) => {
  const SAY = "await past.say(); await present.say(); return 1";
  let listener: Listener;
  let levelsBefore: number;
  beforeAll(async () => {
    levelsBefore = past.levels.length;
    listener = await openListener(era, served.to(transport));
  });
  afterAll(() => listener.caller.close());

  it("are declared", () => {
    expect(listener.caller.client.getServerCapabilities()?.logging).toEqual({});
  });

  it("are for those who have asked for a level, from that on, named by the upstream", async () => {
    await run(listener, SAY, undefined);
    expect(listener.heard).toEqual([]);
    await run(listener, SAY, "warning");
    expect(listener.heard.splice(0)).toEqual([FROM_CALL("past"), FROM_CALL("present")]);
    await run(listener, SAY, "debug");
    expect(listener.heard.splice(0)).toEqual([SMALL("past"), FROM_CALL("past"), SMALL("present"), FROM_CALL("present")]);
    await run(listener, SAY, "error");
    expect(listener.heard).toEqual([]);
  });

  it("of server-everything, which knows no call but a connection, come while a program calls it", async () => {
    await run(listener, "return await everything.toggle_simulated_logging({})", "debug");
    await listener.untilHeard(1);
    await run(listener, "return await everything.toggle_simulated_logging({})", "debug");
    expect(listener.heard.splice(0)).toContainEqual({
      level: expect.any(String) as string,
      logger: "everything",
      data: expect.stringMatching(/level.message/) as string,
    });
  });

  it("make a 2025 upstream say as much as the one who wants most, told once for each proxy", () => {
    expect([[], ["warning", "debug"]]).toContainEqual(past.levels.slice(levelsBefore));
  });
});

describe("what an upstream says in no call", () => {
  it("reaches every session that has asked for its level, over HTTP and stdio, and no other", async () => {
    const [wants, wantsLittle, silent, overStdio] = await Promise.all([
      openListener("2025", served.proxy.url),
      openListener("2025", served.proxy.url),
      openListener("2025", served.proxy.url),
      openListener("2025", served.to("stdio")),
    ]);
    const listeners = [wants, wantsLittle, silent, overStdio];
    await run(wants, "return await past.link()", "info");
    await run(wantsLittle, "return 1", "error");
    await run(silent, "return 1", undefined);
    await run(overStdio, "return await past.link()", "info");
    await past.log("notice", { n: 1 });
    await past.log("error", { n: 2 });
    await Promise.all([wants.untilHeard(2), wantsLittle.untilHeard(1), overStdio.untilHeard(2)]);
    const [one, two] = [
      { level: "notice", logger: "past", data: { n: 1 } },
      { level: "error", logger: "past", data: { n: 2 } },
    ];
    expect(listeners.map(({ heard }) => heard)).toEqual([[one, two], [two], [], [one, two]]);
    await Promise.all(listeners.map(({ caller }) => caller.close()));
  });
});

it("switched off, nothing of it is there: no capability, no level, no message", async () => {
  const off = await startProxy({ mcpServers: { past: { url: past.url }, present: { url: present.url } }, features: { logging: false } });
  const before = past.levels.length;
  const [legacy, modern] = await Promise.all([openListener("2025", off.url), openListener("2026", off.url)]);
  expect(legacy.caller.client.getServerCapabilities()).not.toHaveProperty("logging");
  await expect((legacy.caller.client as LegacyClient).setLoggingLevel("debug")).rejects.toThrow();
  await run(modern, "await past.say(); await present.say()", "debug");
  expect(modern.heard).toEqual([]);
  expect(past.levels).toHaveLength(before);
  expect((modern.caller.client as ModernClient).getServerCapabilities()).not.toHaveProperty("logging");
  await Promise.all([legacy.caller.close(), modern.caller.close(), off.stop()]);
});
