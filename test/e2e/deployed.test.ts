import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wrangler, wranglerDev } from "../support/wrangler.ts";

const TOKEN = "deployed-token";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "codemode-wrangler-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a deployment", () => {
  it("passes wrangler's dry run, with the configuration bundled in", async () => {
    const outdir = join(folder, "out");
    const child = wrangler(["deploy", "--dry-run", "--outdir", outdir]);
    const code = await new Promise((resolve) => void child.once("close", resolve));
    expect(child.text()).toMatch(/Total Upload: [\d.]+ KiB/);
    expect(code).toBe(0);
    const files = await readdir(outdir);
    for (const part of ["worker.js", "codemode.jsonc", "checker.txt", "harness.sandbox.js"]) {
      expect(
        files.some((file) => file.endsWith(part)),
        part,
      ).toBe(true);
    }
  });

  it("without a token serves nobody, and says what to do", async () => {
    const worker = await wranglerDev(folder, "closed");
    const response = await fetch(`${worker.origin}/mcp`, { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/AUTH_TOKEN.*wrangler secret put AUTH_TOKEN/);
    await worker.stop();
  });

  it("with a token runs programs, and refuses stdio upstreams by name with the remedy", async () => {
    const worker = await wranglerDev(folder, "open", [`AUTH_TOKEN:${TOKEN}`]);
    expect((await fetch(`${worker.origin}/mcp`, { method: "POST", body: "{}" })).status).toBe(401);
    const client = new Client({ name: "e2e", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
    const headers = { authorization: `Bearer ${TOKEN}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${worker.origin}/mcp`), { requestInit: { headers } }));
    const { tools } = await client.listTools();
    for (const key of ["everything", "filesystem", "memory"]) {
      expect(tools[0]?.description).toContain(`${key} (unavailable: it is a stdio server, and a deployed Worker cannot start`);
    }
    const result = await client.callTool({ name: "execute_code", arguments: { code: "const n: number = 20; return n + 22" } });
    expect(result.content).toEqual([{ type: "text", text: "42" }]);
    await client.close();
    await worker.stop();
  });
});
