import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../src/core/audit.ts";
import { sha256 } from "../../src/core/sha256.ts";
import { openAskedCaller } from "../support/asked-caller.ts";
import { choose, formOf } from "../support/asked-relay.ts";
import { openCaller } from "../support/callers.ts";
import { CLI, startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

const OWNER = "owner-token-0123456789";
const LAPTOP = "laptop-token-0123456789";

let peer: ScriptedUpstream;
let proxy: Proxy;
let state: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-test-state-"));
  peer = await startUpstream("modern", {
    pages: [["list", "fail", "merge"].map((name) => tool(name))],
    call: ({ name }) => (name === "fail" ? { ...text("it has s3cr3t reasons"), isError: true } : text("a s3cr3t result")),
  });
  proxy = await startProxy(
    {
      mcpServers: { peer: { url: peer.url, passthrough: true } },
      callers: { laptop: { token: "${env:LAPTOP_TOKEN}" } },
      policy: { tools: { "peer.merge": "ask" } },
    },
    { env: { AUTH_TOKEN: OWNER, LAPTOP_TOKEN: LAPTOP, XDG_STATE_HOME: state } },
  );
});
afterAll(async () => {
  await proxy?.stop();
  await peer?.close();
  await rm(state, { recursive: true, force: true });
});

async function run(code: string, { token = OWNER, path = "/mcp", era = "2025" as "2025" | "2026" } = {}): Promise<string> {
  const caller = await openCaller(new URL(path, proxy.origin), era, token);
  try {
    return await caller.run(code);
  } finally {
    await caller.close();
  }
}

async function audit(query = "", token: string | undefined = OWNER): Promise<(AuditRecord & { seq: number })[]> {
  const response = await fetch(`${proxy.origin}/audit${query}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return linesOf(await response.text()).map((line) => JSON.parse(line) as AuditRecord & { seq: number });
}

const linesOf = (output: string) => output.split("\n").filter((line) => line !== "");

function log(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [CLI, "log", ...args], {
    env: { ...process.env, XDG_STATE_HOME: state, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function outputOf(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve) => void child.once("close", (code) => resolve({ code, stdout, stderr })));
}

describe("an execution", () => {
  it.each(["2025", "2026"] as const)("is kept with who, what and how, for a %s caller", async (era) => {
    const code = `await peer.list(); try { await peer.fail() } catch {} return "${era} s3cr3t"`;
    await run(code, { era, path: "/mcp/readonly?description=2000" });
    const before = (await audit()).length;
    await run(code, { era });
    const records = await audit();
    expect(records).toHaveLength(before + 1);
    expect(records.at(-1)).toEqual({
      seq: expect.any(Number) as number,
      id: expect.any(String) as string,
      at: expect.any(Number) as number,
      caller: "owner",
      client: "test 1.0.0",
      tool: "execute_code",
      program: { sha256: await sha256(code), chars: code.length },
      outcome: "returned",
      durationMs: expect.any(Number) as number,
      calls: [
        { name: "peer.list", outcome: "ok", durationMs: expect.any(Number) as number },
        { name: "peer.fail", outcome: "failed", durationMs: expect.any(Number) as number },
      ],
    });
    expect(records.at(-2)).toMatchObject({ profile: "readonly", outcome: "refused", calls: [] });
    expect(JSON.stringify(records)).not.toMatch(/s3cr3t|token-0123/);
  });

  it("is kept however it ended, and so is a call that is passed through", async () => {
    const [last] = (await audit("?count=1")).slice(-1);
    await run("throw new Error('s3cr3t')");
    const caller = await openAskedCaller({
      era: "2025",
      to: proxy.url,
      token: OWNER,
      answer: (question) => choose(formOf(question as never), "allow once"),
    });
    await caller.call("merge", { secret: "s3cr3t" });
    await caller.call("fail", {});
    await caller.run("await peer.merge({ secret: 's3cr3t' })");
    await caller.close();
    const records = await audit(`?after=${last?.seq ?? 0}`);
    const approval = { answer: "once", at: expect.any(Number) as number, by: "owner" };
    expect(records).toMatchObject([
      { tool: "execute_code", outcome: "threw", calls: [] },
      { tool: "merge", client: "asked 1.0.0", outcome: "returned", calls: [{ name: "peer.merge", outcome: "ok", approval }] },
      { tool: "fail", outcome: "threw", calls: [{ name: "peer.fail", outcome: "failed" }] },
      { tool: "execute_code", outcome: "returned", calls: [{ name: "peer.merge", outcome: "ok", approval }] },
    ]);
    expect(records[1]).not.toHaveProperty("program");
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });

  it("is told to its own caller alone", async () => {
    await run("return 'mine'", { token: LAPTOP });
    const mine = await audit("", LAPTOP);
    expect(mine.map(({ caller }) => caller)).toEqual(["laptop"]);
    expect((await audit()).some(({ caller }) => caller === "laptop")).toBe(false);
    for (const headers of [{}, { authorization: "Bearer wrong-token-0123456789" }, { "x-codemode-caller": "owner" }])
      expect((await fetch(`${proxy.origin}/audit`, { headers })).status).toBe(401);
  });

  it("has the caller's name from the proxy, whatever the client says", async () => {
    const headers = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      authorization: `Bearer ${LAPTOP}`,
      "x-codemode-caller": "owner",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "execute_code",
    };
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/clientInfo": { name: "liar", version: "1" },
    };
    const params = { name: "execute_code", arguments: { code: "return 1" }, _meta: meta };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
    const response = await fetch(proxy.url, { method: "POST", headers, body });
    expect(response.status).toBe(200);
    await response.text();
    expect((await audit("?count=1", LAPTOP))[0]).toMatchObject({ caller: "laptop", client: "liar 1" });
  });

  it.each(["?count=0", "?count=1001", "?count=x", "?after=-1", "?after=1e3"])("%s is refused", async (query) => {
    const response = await fetch(`${proxy.origin}/audit${query}`, { headers: { authorization: `Bearer ${OWNER}` } });
    expect(response.status).toBe(400);
  });
});

describe("codemode-proxy log", () => {
  it("prints what all proxies of this user have run, from files that nobody else can read", async () => {
    await run("await peer.list(); return 1");
    const { code, stdout, stderr } = await outputOf(log(["--count", "1"]));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^TIME .*\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}owner {7}test 1\.0\.0 .* execute_code .* returned .* peer\.list\n$/,
    );
    const folder = join(state, "codemode-proxy");
    const [name = ""] = await readdir(folder);
    const file = join(folder, name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).not.toMatch(/s3cr3t|token-0123/);
  });

  it("prints JSON, of a proxy elsewhere as well", async () => {
    await run("return 'for json'");
    const local = linesOf((await outputOf(log(["--json", "--count", "1"]))).stdout).map((line) => JSON.parse(line) as AuditRecord);
    const remote = linesOf((await outputOf(log(["--json", "--count", "1", "--url", proxy.origin], { AUTH_TOKEN: OWNER }))).stdout);
    expect(remote.map((line) => JSON.parse(line) as AuditRecord)).toEqual([{ seq: expect.any(Number) as number, ...local[0] }]);
  });

  it("says what is wrong with a proxy elsewhere", async () => {
    const denied = await outputOf(log(["--url", proxy.origin], { AUTH_TOKEN: "wrong-token-0123456789" }));
    expect([denied.code, denied.stderr]).toEqual([
      1,
      `codemode-proxy: ${proxy.origin} answered HTTP 401. Set AUTH_TOKEN to the token that this proxy knows.\n`,
    ]);
    const away = await outputOf(log(["--url", "http://127.0.0.1:9"]));
    expect(away.stderr).toBe("codemode-proxy: http://127.0.0.1:9 cannot be reached. Is the proxy running there?\n");
  });

  it.each([
    ["the files", []],
    ["a proxy elsewhere", ["--url"]],
  ] as const)("--follow goes on with what comes, of %s", async (_, args) => {
    const child = log(["--json", "--follow", "--count", "1", ...args, ...(args.length > 0 ? [proxy.origin] : [])], { AUTH_TOKEN: OWNER });
    const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
    const next = async () => (JSON.parse(String((await lines.next()).value)) as AuditRecord).program?.sha256;
    // The last one that there was: from now on it looks.
    await next();
    for (const code of ["return 'first'", "return 'second'"]) {
      await run(code);
      expect(await next()).toBe(await sha256(code));
    }
    const ended = new Promise((resolve) => void child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
