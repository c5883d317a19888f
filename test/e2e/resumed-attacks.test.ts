import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startOffering } from "../support/offered.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { allEvents, eventsOf, openRawSession } from "../support/raw-session.ts";
import type { RawEvent, RawSession } from "../support/raw-session.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { Call, ScriptedUpstream } from "../support/upstreams.ts";

const OWNER = "owner-token-0123456789";
const OTHER = "other-token-0123456789";
const SECRET = "the result of the owner's program";

let upstream: ScriptedUpstream;
let proxy: Proxy;
let work: (call: Call) => Promise<object> = async () => text(SECRET);
let arrived = Promise.withResolvers<Call>();

beforeAll(async () => {
  upstream = await startUpstream("legacy", {
    pages: [[tool("work")]],
    async call(call) {
      arrived.resolve(call);
      return work(call);
    },
  });
  proxy = await startProxy(
    { mcpServers: { peer: { url: upstream.url } }, callers: { other: { token: "${env:OTHER_TOKEN}" } } },
    { env: { AUTH_TOKEN: OWNER, OTHER_TOKEN: OTHER } },
  );
});
afterAll(async () => {
  await proxy?.stop();
  await upstream?.close();
});

const open = (revision?: string, token = OWNER) => openRawSession(proxy.url, revision, token);
const run = (session: RawSession, id = 1) =>
  session.post({ id, method: "tools/call", params: { name: "execute_code", arguments: { code: "return await peer.work({})" } } });

/** The next event of a stream that stays open. */
async function next(events: AsyncGenerator<RawEvent, void>): Promise<RawEvent | undefined> {
  const { value } = await events.next();
  return value ?? undefined;
}

/** An execution that goes on until it is told to, whose client has its first event and nothing more. */
async function lost(session: RawSession): Promise<{ id: string; goOn: (result: object) => void }> {
  const { promise, resolve } = Promise.withResolvers<object>();
  arrived = Promise.withResolvers();
  work = () => promise;
  const events = eventsOf(await run(session));
  const first = await next(events);
  await arrived.promise;
  await events.return();
  return { id: first?.id ?? "", goOn: resolve };
}

describe("the streams of a session by hand", () => {
  it("begin with an id and the time to wait, for POST and GET, from 2025-11-25 on", async () => {
    work = async () => text("done");
    const session = await open();
    const called = await allEvents(await run(session));
    expect(called[0]).toEqual({ id: expect.stringMatching(/^\S+$/) as string, retry: "1000", message: undefined });
    expect(called.at(-1)?.message).toMatchObject({ id: 1, result: { content: [{ text: "done" }] } });
    const listening = eventsOf(await session.get());
    expect(await next(listening)).toEqual({ id: expect.stringMatching(/^session-\S+\.0$/) as string, retry: "1000", message: undefined });
    await listening.return();
  });

  it("of older revisions have ids, and no event without data", async () => {
    work = async (call) => {
      await call.progress(1);
      return text("done");
    };
    const session = await open("2025-06-18");
    const params = { name: "execute_code", arguments: { code: "return await peer.work({})" }, _meta: { progressToken: "p" } };
    const [first, ...others] = await allEvents(await session.post({ id: 1, method: "tools/call", params }));
    expect(first).toMatchObject({ id: expect.any(String) as string, message: { method: "notifications/progress" } });
    expect(await allEvents(await session.get(first?.id))).toEqual(others);
    expect(others.at(-1)?.message).toMatchObject({ id: 1, result: {} });
  });

  it("can be asked for again and again, and give the same; whoever has all is told so", async () => {
    const session = await open();
    const { id, goOn } = await lost(session);
    const resumed = await session.get(id);
    goOn(text("done"));
    const events = await allEvents(resumed);
    expect(events.map(({ message }) => message?.id)).toEqual([undefined, 1]);
    expect(events[0]?.id).toBe(id);
    expect(await allEvents(await session.get(id))).toEqual(events);
    const over = await session.get(events[1]?.id);
    expect([over.status, await over.text()]).toEqual([204, ""]);
  });

  it("belong to the last who came: another GET takes the place of the first, which ends, and what comes then comes once", async () => {
    const session = await open();
    const { id, goOn } = await lost(session);
    const first = allEvents(await session.get(id));
    const second = allEvents(await session.get(id));
    expect((await first).map(({ message }) => message)).toEqual([undefined]);
    goOn(text("done"));
    expect((await second).map(({ message }) => message?.id)).toEqual([undefined, 1]);
    const listening = allEvents(await session.get());
    const again = await session.get();
    expect(again.status).toBe(200);
    expect((await listening).map(({ message }) => message)).toEqual([undefined]);
    const events = eventsOf(again);
    expect((await next(events))?.message).toBeUndefined();
    // Only who has been shown a list is told that it has changed.
    await allEvents(await session.post({ id: 2, method: "tools/list" }));
    upstream.script.pages = [[tool("work"), tool("added")]];
    await upstream.notifyToolsChanged();
    const changed = await next(events);
    expect(changed?.message).toMatchObject({ method: "notifications/tools/list_changed" });
    await events.return();
    const onward = eventsOf(await session.get(changed?.id));
    expect(await next(onward)).toMatchObject({ id: changed?.id, message: undefined });
    await onward.return();
  });

  it("may be gone for whoever cancels", async () => {
    const session = await open();
    await lost(session);
    const { signal } = await arrived.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    expect(signal.aborted).toBe(false);
    await session.post({ method: "notifications/cancelled", params: { requestId: 1 } });
    await aborted;
  });
});

describe("an id", () => {
  const refused = async (response: Response) => {
    const body = await response.text();
    expect(body).not.toContain(SECRET);
    return [response.status, (JSON.parse(body) as { error: { message: string } }).error.message];
  };
  const UNKNOWN = [400, expect.stringMatching(/^There is no such event in this session/) as string];

  it("of another session gives nothing, of the same caller or of another, while it runs or when it has ended", async () => {
    const session = await open();
    const { id, goOn } = await lost(session);
    const others = [await open(), await open("2025-11-25", OTHER)];
    for (const other of others) expect(await refused(await other.get(id))).toEqual(UNKNOWN);
    goOn(text(SECRET));
    expect(JSON.stringify(await allEvents(await session.get(id)))).toContain(SECRET);
    for (const other of others) expect(await refused(await other.get(id))).toEqual(UNKNOWN);
  });

  it("of another session's own stream opens that of this one", async () => {
    const first = await next(eventsOf(await (await open()).get()));
    const session = await open();
    const mine = eventsOf(await session.get(first?.id));
    const own = await next(mine);
    expect(own?.message).toBeUndefined();
    expect(own?.id).not.toBe(first?.id);
    await mine.return();
  });

  it("with the session of another caller is as unknown as the session", async () => {
    const session = await open();
    const { id, goOn } = await lost(session);
    goOn(text(SECRET));
    const headers = { authorization: `Bearer ${OTHER}`, "mcp-session-id": session.id, "last-event-id": id, accept: "text/event-stream" };
    expect(await refused(await fetch(proxy.url, { headers }))).toEqual([404, "Session not found. Send initialize again."]);
  });

  it("of an ended session is gone with it", async () => {
    const session = await open();
    const { id, goOn } = await lost(session);
    goOn(text(SECRET));
    await allEvents(await session.get(id));
    expect((await session.end()).status).toBe(200);
    expect((await refused(await session.get(id)))[0]).toBe(404);
    expect(await refused(await (await open()).get(id))).toEqual(UNKNOWN);
  });

  it.each([
    ["made up", () => `${crypto.randomUUID()}.1`],
    ["of the future", (id: string) => id.replace(/\d+$/, "5")],
    ["before the first", (id: string) => id.replace(/\d+$/, "-1")],
    ["of the transport's own stream", () => "_GET_stream.1"],
    ["of a name that objects have", () => "constructor.1"],
    ["with a path in it", () => "../../session.1"],
    ["of a thousand characters", () => "1".repeat(1_000)],
  ])("%s gives nothing", async (_what, idOf) => {
    const session = await open();
    const { id, goOn } = await lost(session);
    goOn(text(SECRET));
    expect(await refused(await session.get(idOf(id)))).toEqual(UNKNOWN);
  });
});

it("a stream that its client holds and does not read is broken off, and no other", async () => {
  const chatty = await startOffering("legacy");
  const strict = await startProxy({ mcpServers: { chatty: { url: chatty.url } }, limits: { unreadBytes: 65_536, logsPerSecond: 10_000 } });
  const [deaf, other] = await Promise.all([openRawSession(strict.url), openRawSession(strict.url)]);
  for (const session of [deaf, other]) await (await session.post({ id: 1, method: "logging/setLevel", params: { level: "debug" } })).text();
  await (await other.post({ id: 2, method: "tools/list" })).text();
  const socket = connect(Number(strict.url.port), "127.0.0.1");
  const headers = [
    `host: ${strict.url.host}`,
    "accept: text/event-stream",
    `mcp-session-id: ${deaf.id}`,
    "mcp-protocol-version: 2025-11-25",
  ];
  socket.write(`GET /mcp HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  // Its head is read, and nothing after that.
  await new Promise((resolve) => void socket.once("data", resolve));
  socket.pause();
  const events = eventsOf(await other.get());
  const count = 400;
  const told = (async () => {
    for (let heard = 0; heard < count;) if ((await next(events))?.message?.method === "notifications/message") heard += 1;
  })();
  for (let sent = 0; sent < count; sent += 1) await chatty.log("error", "x".repeat(60_000));
  await told;
  const closed = new Promise((resolve) => void socket.once("close", resolve));
  socket.resume();
  await closed;
  await events.return();
  await Promise.all([strict.stop(), chatty.close()]);
});
