import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import { connectAs } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { CLI, startProxy, writeConfig } from "../support/proxy.ts";

let peer: OAuthUpstream;
let state: string;
let config: { folder: string; file: string };

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  peer = await startOAuthUpstream();
  config = await writeConfig(configuration());
});
afterAll(async () => {
  await peer?.close();
  await Promise.all([state, config.folder].map((folder) => rm(folder, { recursive: true, force: true })));
});

function configuration(): object {
  return { mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" }, other: { url: "http://127.0.0.1:9/mcp", auth: "oauth" } } };
}

/** Runs `codemode-proxy auth` to its end; `onLink` plays the person. */
async function auth(args: readonly string[], onLink?: (link: URL) => void): Promise<{ code: number; output: string[]; errors: string }> {
  const child = spawn(process.execPath, [CLI, "auth", ...args, "--config", config.file], {
    env: { ...process.env, CODEMODE_STATE: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => void (errors += chunk.toString()));
  createInterface({ input: child.stdout }).on("line", (line) => {
    output.push(line);
    if (line.startsWith("http://")) onLink?.(new URL(line));
  });
  const code = await new Promise<number>((resolve) => void child.once("close", (ended) => resolve(ended ?? -1)));
  return { code, output, errors };
}

it("auth connects, lists and revokes", async () => {
  expect(await auth(["--list"])).toMatchObject({ code: 0, output: ["peer   not connected", "other  not connected"] });

  const connected = await auth(["peer"], (link) => void connectAs("alice", link));
  expect(connected).toMatchObject({
    code: 0,
    output: [
      "Sign in here to connect peer:",
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/connect\/[\w-]{43}$/),
      "peer is connected: 2 tools.",
    ],
  });
  expect((await auth(["peer"])).output).toEqual(["peer is connected already: 2 tools."]);
  expect((await auth(["--list"])).output[0]).toMatch(/^peer {3}renewed \d{4}-\d\d-\d\dT[\d:.]+Z$/);

  const proxy = await startProxy(configuration(), { env: { CODEMODE_STATE: state } });
  const caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {} });
  expect(await caller.run("return await peer.whoami({})")).toBe("whoami");
  await caller.close();
  await proxy.stop();

  expect(await auth(["--revoke", "peer"])).toMatchObject({ code: 0, output: ["peer is not connected any more, and its server knows."] });
  for (const token of peer.tokens) expect(await peer.provider.RefreshToken.find(token)).toBeUndefined();
  expect((await auth(["--revoke", "peer"])).output).toEqual(["peer was not connected."]);
  expect((await auth(["--list"])).output[0]).toBe("peer   not connected");
}, 60_000);

it("auth says what is wrong", async () => {
  expect(await auth(["nobody"])).toMatchObject({
    code: 2,
    errors: expect.stringContaining('No upstream with the key "nobody" has "auth": "oauth". There are: peer, other.'),
  });
  expect(await auth(["other"])).toMatchObject({
    code: 1,
    errors: expect.stringContaining("other is unavailable: the address cannot be reached."),
  });
}, 30_000);
