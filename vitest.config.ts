import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** What the build imports as text is text in tests, too. */
const textModules = {
  name: "text-modules",
  enforce: "pre" as const,
  async load(id: string) {
    const [path = ""] = id.split("?");
    if (!/\.sandbox\.js$|\.jsonc$|checker\.txt$/.test(path) || id.includes("?source")) return null;
    return `export default ${JSON.stringify(await readFile(path, "utf8"))}`;
  },
};

/** Proxies that tests start keep their audit here, and not in the home of whoever runs the tests. */
const env = { XDG_STATE_HOME: join(tmpdir(), "codemode-test-state") };

export default defineConfig({
  test: {
    projects: [
      // Property tests: generous time, because a loaded machine is not a defect.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        plugins: [
          textModules,
          cloudflareTest({
            main: "./test/worker/main.ts",
            miniflare: {
              compatibilityDate: "2026-11-01",
              workerLoaders: { LOADER: {} },
              durableObjects: { STORAGE: { className: "Storage", useSQLite: true } },
            },
          }),
        ],
        test: { name: "worker", include: ["test/worker/**/*.test.ts", "test/security/in-process.test.ts"] },
      },
      // Real processes: the same.
      { test: { name: "cli", env, include: ["test/cli/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 30_000 } },
      // Whole suites of others, scenario by scenario.
      { test: { name: "conformance", env, include: ["test/conformance/*.test.ts"], testTimeout: 180_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "e2e",
          env,
          include: ["test/{e2e,pins}/**/*.test.ts", "test/security/processes.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
