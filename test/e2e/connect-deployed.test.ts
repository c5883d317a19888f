import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import { FormBrowser } from "../support/browser.ts";
import { connectAs, linkIn } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { ROOT } from "../support/proxy.ts";
import { wranglerDev } from "../support/wrangler.ts";
import type { Deployed } from "../support/wrangler.ts";

const TOKEN = "deployed-token-0123456789";
const KEYS = ["a-first-key-of-32-characters-or-more", "a-second-key-of-32-characters-or-more"] as const;

let peer: OAuthUpstream;
let folder: string;
let root: string;

/** The repository with another configuration, which becomes a part of the Worker. */
beforeAll(async () => {
  peer = await startOAuthUpstream();
  folder = await mkdtemp(join(tmpdir(), "codemode-wrangler-"));
  root = join(folder, "root");
  for (const name of ["src", "scripts", "schemas", "package.json", "package-lock.json", "tsconfig.json", "wrangler.jsonc"])
    // With their times: what is built already is not built again.
    await cp(join(ROOT, name), join(root, name), { recursive: true, preserveTimestamps: true });
  for (const name of ["node_modules", "dist"]) await symlink(join(ROOT, name), join(root, name));
  await writeFile(join(root, "codemode.jsonc"), JSON.stringify({ mcpServers: { peer: { url: peer.upstream.url, auth: "oauth" } } }));
});
afterAll(async () => {
  await peer?.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (vars: readonly string[]) => wranglerDev(folder, "state", [`AUTH_TOKEN:${TOKEN}`, ...vars], root);

async function run(worker: Deployed, code: string): Promise<string> {
  const caller = await openAskedCaller({ era: "2026", to: new URL("/mcp", worker.origin), capabilities: {}, token: TOKEN });
  const said = await caller.run(code);
  await caller.close();
  return said;
}

it("a deployed Worker connects upstreams, keeps them sealed in its Workspaces, and takes a new key", async () => {
  const WHOAMI = "return await peer.whoami({})";
  let worker = await start([]);
  expect(await run(worker, WHOAMI)).toContain("the secret CODEMODE_KEY is not set, and without it no token can be kept");
  await worker.stop();

  worker = await start([`CODEMODE_KEY:${KEYS[0]}`]);
  const link = linkIn(await run(worker, WHOAMI));
  expect(link.origin).toBe(worker.origin);
  expect(await connectAs("alice", link, new FormBrowser(), TOKEN)).toContain("peer is connected");
  expect(await run(worker, WHOAMI)).toBe("whoami");
  await worker.stop();

  for (const vars of [[`CODEMODE_KEY:${KEYS[1]}`, `CODEMODE_KEY_PREVIOUS:${KEYS[0]}`], [`CODEMODE_KEY:${KEYS[1]}`]]) {
    worker = await start(vars);
    expect(await run(worker, WHOAMI)).toBe("whoami");
    await worker.stop();
  }
}, 120_000);
