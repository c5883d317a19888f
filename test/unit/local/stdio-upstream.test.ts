import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { StdioUpstreamConfig } from "../../../src/config/schema.ts";
import { type Guardian, startGuardian } from "../../../src/local/guardian.ts";
import { type Loopback, startLoopback } from "../../../src/local/loopback.ts";
import { startStdioUpstreams, type StdioUpstreams } from "../../../src/local/stdio-upstream.ts";
import { type Frames, openFrames } from "../../support/frames.ts";
import { descendants, stillAlive } from "../../support/processes.ts";

const SUPPORT = join(import.meta.dirname, "../../support");
const GRACE_MS = 50;

let upstreams: StdioUpstreams;
let loopback: Loopback;
let guardian: Guardian;
let log: string[];

/** A scripted server of test/support under the key `key`. */
function script(name: string, rest: Partial<StdioUpstreamConfig> = {}): StdioUpstreamConfig {
  const args = [join(SUPPORT, `stdio-${name}.mjs`), ...(rest.args ?? [])];
  return { kind: "stdio", key: name, namespace: name, command: process.execPath, env: {}, ...rest, args };
}

async function start(configs: readonly StdioUpstreamConfig[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  guardian = startGuardian();
  log = [];
  const options = {
    upstreams: configs,
    folder: SUPPORT,
    environment,
    guardian,
    log: (line: string) => void log.push(line),
    graceMs: GRACE_MS,
  };
  upstreams = startStdioUpstreams(options);
  loopback = await startLoopback([upstreams.route]);
}

function connect(key: string, secret = loopback.secret): Promise<Frames> {
  return openFrames(`ws://127.0.0.1:${loopback.port}/upstream/${encodeURIComponent(key)}`, { "x-codemode-secret": secret });
}

/** Waits until none of them runs any more: a kill takes effect at once, but its traces go a moment later. */
async function untilGone(pids: readonly unknown[]): Promise<void> {
  while ((await stillAlive(pids as number[])).length > 0);
}

afterEach(async () => {
  await upstreams.close();
  loopback.close();
  guardian.close();
});

describe("framing", () => {
  it("makes one frame one line and one line one frame", async () => {
    await start([script("echo", { key: "my server/ü" })]);
    const frames = await connect("my server/ü");
    frames.send({ id: 1 });
    frames.send({ id: 2 });
    expect((await frames.next())["got"]).toEqual({ id: 1 });
    expect((await frames.next())["got"]).toEqual({ id: 2 });
  });

  it("puts a frame with line breaks on one line", async () => {
    await start([script("echo")]);
    const frames = await connect("echo");
    frames.webSocket.send('{\n  "text":\r\n "a\\nb"\n}');
    expect((await frames.next())["got"]).toEqual({ text: "a\nb" });
  });

  it("passes messages of many megabytes", async () => {
    await start([script("echo")]);
    const frames = await connect("echo");
    const text = "é".repeat(6_000_000);
    frames.send({ text });
    const { got } = await frames.next();
    expect((got as { text: string }).text === text).toBe(true);
  });

  it("logs what is no JSON object instead of sending it, and sends the unfinished last line", async () => {
    await start([script("junk")]);
    const frames = await connect("junk");
    frames.send({});
    expect(await frames.next()).toEqual({ text: "a\u2028b", half: true });
    expect(await frames.next()).toEqual({ last: 1 });
    expect(await frames.closed).toEqual({ code: 4000, reason: "exited with code 0: done with   it" });
    expect(log.filter((line) => line.includes("(stdout)"))).toEqual([
      "[junk] (stdout) Server ready on stdio",
      "[junk] (stdout) [1, 2]",
      "[junk] (stdout) { not json",
    ]);
    expect(log).toContain("[junk] done with   it");
  });

  it("refuses binary frames", async () => {
    await start([script("echo")]);
    const frames = await connect("echo");
    frames.webSocket.send(Buffer.from("{}"));
    expect((await frames.closed).code).toBe(1003);
  });
});

describe("one connection, one child", () => {
  it("gives the waiting child to the first connection and a new one to the next", async () => {
    await start([script("echo")]);
    const [first, second] = [await connect("echo"), await connect("echo")];
    first.send({});
    second.send({});
    const pids = [(await first.next())["pid"], (await second.next())["pid"]];
    expect(new Set(pids).size).toBe(2);
    second.webSocket.close();
    await second.closed;
    first.send({});
    expect((await first.next())["pid"]).toBe(pids[0]);
  });

  it("kills a child that ignores the end of stdin and SIGTERM", async () => {
    await start([script("deaf")]);
    const frames = await connect("deaf");
    expect(await frames.next()).toEqual({ ready: true });
    await upstreams.close();
    expect(await frames.closed).toEqual({ code: 4000, reason: "ended by SIGKILL" });
  });

  it("ends grandchildren too", async () => {
    await start([script("family")]);
    const frames = await connect("family");
    const { pid, grandchild } = await frames.next();
    expect(await stillAlive([pid, grandchild] as number[])).toHaveLength(2);
    frames.webSocket.close();
    await untilGone([pid, grandchild]);
  });

  it("ends what a child leaves behind when it exits", async () => {
    await start([script("family")]);
    const frames = await connect("family");
    const { grandchild } = await frames.next();
    frames.send({});
    expect(await frames.closed).toEqual({ code: 4000, reason: "exited with code 0" });
    await untilGone([grandchild]);
  });

  it("ends children that nobody has claimed", async () => {
    const before = await descendants(process.pid);
    await start([script("deaf"), script("echo")]);
    const started = (await descendants(process.pid)).filter((pid) => !before.includes(pid));
    // The third is the guardian, which ends with this process.
    expect(started).toHaveLength(3);
    await upstreams.close();
    expect(await stillAlive(started)).toHaveLength(1);
  });
});

describe("what goes wrong", () => {
  it("says why a child exited, without its secrets", async () => {
    await start([script("crash", { env: { API_KEY: "${env:UPSTREAM_KEY}" } })], { UPSTREAM_KEY: "sk-live-123456" });
    const { code, reason } = await (await connect("crash")).closed;
    expect({ code, reason }).toEqual({ code: 4000, reason: "exited with code 7: Refused: [secret] is not a valid key" });
    expect(log).toEqual(["[crash] first line", "[crash] Refused: [secret] is not a valid key"]);
  });

  it("cuts the reason to what a close frame holds", async () => {
    await start([{ ...script("echo"), key: "long", command: "ü€😀".repeat(20) }]);
    const { reason } = await (await connect("long")).closed;
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
    expect(reason).toMatch(/^command not found: (ü€😀)+.*…$/u);
  });

  it.each<[string, Partial<StdioUpstreamConfig>, string]>([
    ["a missing command", { command: "no-such-command" }, "command not found: no-such-command"],
    ["a missing folder", { cwd: "no-such-folder" }, `folder not found: ${join(SUPPORT, "no-such-folder")}`],
    ["a folder as command", { command: SUPPORT }, `command not executable: ${SUPPORT}`],
    ["a missing variable", { env: { A: "${env:MISSING}" } }, "mcpServers.bad.env.A: environment variable MISSING is not set"],
    [
      "a NUL from the environment",
      { args: ["${env:NUL}"] },
      "could not start: the command, its arguments or its environment cannot be used",
    ],
  ])("closes with the reason for %s and goes on serving", async (_what, rest, reason) => {
    await start([{ ...script("echo", rest), key: "bad" }, script("echo")], { NUL: "a\0b" });
    expect(await (await connect("bad")).closed).toEqual({ code: 4001, reason });
    expect(await (await connect("bad")).closed).toEqual({ code: 4001, reason });
    const frames = await connect("echo");
    frames.send({});
    expect(await frames.next()).toMatchObject({ got: {} });
  });
});

describe("environment", () => {
  it("passes the common variables and the entry's own, and nothing else", async () => {
    const environment = {
      HOME: "/home/x",
      PATH: "/bin",
      TERM: "() { :; }",
      AWS_SECRET_ACCESS_KEY: "hidden",
      TOKEN: "t-1",
      NODE_OPTIONS: "--bad",
    };
    await start(
      [script("echo", { env: { A: "Bearer ${TOKEN}", B: "${NONE:-b}", PATH: "/usr/bin" }, args: ["${env:TOKEN}"] })],
      environment,
    );
    const frames = await connect("echo");
    frames.send({});
    const { env, args } = await frames.next();
    expect(env).toEqual({ HOME: "/home/x", A: "Bearer t-1", B: "b", PATH: "/usr/bin" });
    expect(args).toEqual(["t-1"]);
  });

  it("starts in the folder of the configuration, or where cwd says relative to it", async () => {
    await start([
      script("echo"),
      script("echo", { key: "below", cwd: ".." }),
      script("echo", { key: "named", cwd: "${workspaceFolder}/.." }),
    ]);
    const cwdOf = async (key: string) => {
      const frames = await connect(key);
      frames.send({});
      return (await frames.next())["cwd"];
    };
    expect([await cwdOf("echo"), await cwdOf("below"), await cwdOf("named")]).toEqual([SUPPORT, join(SUPPORT, ".."), join(SUPPORT, "..")]);
  });
});

describe("the door", () => {
  it("refuses a connection without the secret, and does not spend the waiting child on it", async () => {
    await start([script("echo")]);
    await expect(connect("echo", "")).rejects.toThrow("403");
    await expect(connect("echo", `${loopback.secret}x`)).rejects.toThrow("403");
    const url = `http://127.0.0.1:${loopback.port}/upstream/echo`;
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { "x-codemode-secret": loopback.secret } })).status).toBe(426);
    await expect(connect("echo")).resolves.toBeDefined();
  });

  it.each(["nobody", "", "a\u0000", "__proto__"])("knows no upstream %j", async (key) => {
    await start([script("echo")]);
    await expect(connect(key)).rejects.toThrow("404");
  });

  it("answers a malformed path", async () => {
    await start([script("echo")]);
    const url = `ws://127.0.0.1:${loopback.port}/upstream/%E0%A4%A`;
    await expect(openFrames(url, { "x-codemode-secret": loopback.secret })).rejects.toThrow("404");
  });
});
