import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { EXPECTED_FAILURES } from "./expected-failures.ts";
import type { Target } from "./expected-failures.ts";
import { startFixture } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";
import { judge } from "./judge.ts";
import { runServerSuite, SUITES } from "./suites.ts";
import type { Verdicts } from "./suites.ts";

const NOTHING = { unexpected: [], stale: [] };
const bin = (name: string) => join(ROOT, "node_modules/.bin", name);

let folder: string;
let fixture: Fixture;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "codemode-conformance-"));
  fixture = await startFixture();
});

afterAll(async () => {
  await fixture?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the proxy as it comes", () => {
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy({
      mcpServers: {
        everything: { command: bin("mcp-server-everything") },
        filesystem: { command: bin("mcp-server-filesystem"), args: [folder] },
        memory: { command: bin("mcp-server-memory"), env: { MEMORY_FILE_PATH: join(folder, "memory.jsonl") } },
      },
    });
  });
  afterAll(() => proxy?.stop());

  it.each(SUITES)("server suite $name", async (suite) => {
    expect(judge("proxy", suite.name, await runServerSuite(suite, proxy.url.href), EXPECTED_FAILURES)).toEqual(NOTHING);
  });
});

describe("a server with everything that the suites look for", () => {
  const direct = new Map<string, Verdicts>();

  it.each(SUITES)("passes server suite $name itself", async (suite) => {
    const verdicts = await runServerSuite(suite, fixture.url);
    direct.set(suite.name, verdicts);
    expect(judge("fixture", suite.name, verdicts, EXPECTED_FAILURES)).toEqual(NOTHING);
  });

  describe.each<[Target, "url" | "legacyUrl"]>([
    ["passthrough", "url"],
    ["passthrough-2025", "legacyUrl"],
  ])("behind the proxy: %s", (target, url) => {
    let proxy: Proxy;
    beforeAll(async () => {
      proxy = await startProxy({ mcpServers: { fixture: { url: fixture[url], passthrough: true } } });
    });
    afterAll(() => proxy?.stop());

    it.each(SUITES)("passes whatever it passes directly of $name", async (suite) => {
      const verdicts = await runServerSuite(suite, proxy.url.href);
      expect(judge(target, suite.name, verdicts, EXPECTED_FAILURES, direct.get(suite.name))).toEqual(NOTHING);
    });
  });
});
