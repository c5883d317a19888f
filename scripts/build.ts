/**
 * Builds dist/: the Checker's bundle, the Worker, the command line, and the list of text modules that the local runtime gives to workerd.
 * With --if-stale it does nothing when no input has changed since the last build.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { buildChecker } from "./build-checker.ts";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const STAMP = join(DIST, "built.json");

if (process.argv.includes("--if-stale") && (await isFresh())) process.exit(0);
await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
await buildCheckerText(join(DIST, "checker.txt"));
await buildWorker();
await buildHost();
await buildCli();
await writeFile(STAMP, JSON.stringify({ newest: await newestInput() }));

/** The first line names the content: the Worker Loader keeps one isolate per name, and a new bundle has to get a new one. */
async function buildCheckerText(outfile: string): Promise<void> {
  await buildChecker(outfile);
  const code = await readFile(outfile, "utf8");
  await writeFile(outfile, `// ${createHash("sha256").update(code).digest("hex")}\n${code}`);
}

async function buildWorker(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, "src/worker.ts")],
    outfile: join(DIST, "worker.js"),
    bundle: true,
    format: "esm",
    target: "esnext",
    // What workerd has built in, and what the runtime's own packages know to be for workers.
    conditions: ["workerd", "worker", "import"],
    mainFields: ["module", "main"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".sandbox.js": "text" },
    plugins: [providedAtStart(/codemode\.jsonc$/, "./codemode.jsonc"), providedAtStart(/checker\.txt$/, "./checker.txt")],
    legalComments: "none",
    logLevel: "warning",
  });
  await writeFile(join(DIST, "modules.json"), JSON.stringify([{ name: "checker.txt", type: "text", path: "checker.txt" }]));
}

/** The Worker of a sandbox process. */
async function buildHost(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, "src/sandbox/host.worker.ts")],
    outfile: join(DIST, "host.js"),
    bundle: true,
    format: "esm",
    target: "esnext",
    conditions: ["workerd", "worker", "import"],
    external: ["cloudflare:*"],
    loader: { ".sandbox.js": "text" },
    logLevel: "warning",
  });
}

async function buildCli(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, "src/local/cli.ts")],
    outfile: join(DIST, "cli.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22.12",
    // Packages stay packages: workerd finds its binary next to itself.
    packages: "external",
    logLevel: "warning",
  });
}

/** Leaves an import to a module that workerd gets by that name, so that the same Worker runs with any configuration. */
function providedAtStart(filter: RegExp, name: string): Plugin {
  return {
    name: `provided:${name}`,
    setup: (bundle) => {
      bundle.onResolve({ filter }, () => ({ path: name, external: true }));
    },
  };
}

async function isFresh(): Promise<boolean> {
  try {
    const { newest } = JSON.parse(await readFile(STAMP, "utf8")) as { newest: number };
    return newest === (await newestInput());
  } catch {
    return false;
  }
}

/** The latest change among all inputs, in ms since the epoch. */
async function newestInput(): Promise<number> {
  const folders = await Promise.all(
    ["src", "scripts"].map((folder) => readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })),
  );
  const files = folders.flat().filter((entry) => entry.isFile());
  const paths = [...files.map((file) => join(file.parentPath, file.name)), join(ROOT, "package.json"), join(ROOT, "package-lock.json")];
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(...times);
}
