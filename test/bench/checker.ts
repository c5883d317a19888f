import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildChecker } from "../../scripts/build-checker.ts";
import { sandboxProcesses, until } from "../support/processes.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import { startUpstream, text } from "../support/upstreams.ts";
import { readCatalogues } from "./catalogues.ts";
import { connect, execute } from "./clients.ts";
import { measureInTurn, ms, timesOf } from "./measure.ts";

const FRESH_STARTS = 5;
const SMALL = new Set(["everything", "filesystem", "memory"]);

/** 13 lines, 4 calls. */
const ordinary = (round: number) => `
const listed = await filesystem.list_directory({ path: "/work/${round}" });
const names = listed.content.split("\\n").filter((line) => line.startsWith("[FILE]"));
const graph = await memory.read_graph({});
const known = new Set(graph.entities.map((entity) => entity.name));
const fresh = names.map((name) => name.slice(7)).filter((name) => !known.has(name));
const files = await filesystem.read_multiple_files({ paths: fresh.slice(0, 3) });
const lengths = files.content.split("---").map((part) => part.length);
if (fresh.length > 0) {
  await memory.create_entities({ entities: fresh.map((name) => ({ name, entityType: "file", observations: [] })) });
}
const longest = Math.max(0, ...lengths);
console.log(\`\${fresh.length} new, longest \${longest}\`);
return { fresh, longest };`;

/** What checking adds to programs: the same proxy that does not check, in turn. Rows of name, figure, remark. */
export async function checkerRows(rounds: number): Promise<[string, string, string][]> {
  const rows: [string, string, string][] = [];
  const catalogues = readCatalogues();
  const upstreams = await Promise.all(
    catalogues.map(async ({ key, tools }) => ({ key, ...(await startUpstream("legacy", { pages: [[...tools]], call: answerOf })) })),
  );
  for (const all of [false, true]) {
    const chosen = upstreams.filter(({ key }) => all || SMALL.has(key));
    const servers = `with ${chosen.length} servers`;
    const mcpServers = Object.fromEntries(chosen.map(({ key, url }) => [key, { url }]));
    // Some of the tools' answers are not what their schemas say: no shapes are learned from them.
    const configs = { error: { mcpServers, learn: false }, off: { mcpServers, learn: false, check: "off" } };

    const first = { error: [] as number[], off: [] as number[] };
    for (let start = 0; start < FRESH_STARTS; start += 1) {
      for (const check of ["off", "error"] as const) {
        const proxy = await startProxy(configs[check]);
        const client = await connect(proxy.url);
        await client.listTools();
        // Whoever writes a program takes longer than a sandbox process to start, and than the Checker to read what is new behind the answer.
        await until(
          () => sandboxProcesses(proxy.child.pid ?? 0),
          (pids) => pids.length === 1,
        );
        await execute(client, "return 1 +").catch(() => undefined);
        const began = performance.now();
        await execute(client, ordinary(0));
        first[check].push(performance.now() - began);
        await client.close();
        await proxy.stop();
      }
    }
    const added = timesOf(first.error).p50 - timesOf(first.off).p50;
    rows.push([`checking the first program of a fresh start, ${servers}`, more(added), "aim <= +60 ms"]);

    const checked = await startProxy(configs.error);
    const unchecked = await startProxy(configs.off);
    const [withCheck, without] = [await connect(checked.url), await connect(unchecked.url)];
    for (const [what, program, aim] of [
      ["a trivial program", (round: number) => `return ${round}`, 3],
      ["13 lines with 4 calls", ordinary, 10],
    ] as const) {
      const times = await measureInTurn(rounds, {
        error: (round) => execute(withCheck, program(round)),
        off: (round) => execute(without, program(round)),
      });
      rows.push([
        `checking ${what}, ${servers}`,
        more(times.error.p50 - times.off.p50),
        `${(times.error.p50 / times.off.p50).toFixed(2)}x unchecked, aim <= +${aim} ms`,
      ]);
    }
    await Promise.all([withCheck.close(), without.close()]);
    await Promise.all([checked.stop(), unchecked.stop()]);
  }
  await Promise.all(upstreams.map((upstream) => upstream.close()));
  rows.push(["the Checker's heap, with 21 catalogues and the whole corpus", await heapWithin(64), "aim: survives with 64 MiB"]);
  rows.push([
    "the Worker and the Checker, gzipped",
    `${gzipped("worker.js", "checker.txt")} KiB`,
    "Cloudflare's limit: 10,240, free plan 3,072",
  ]);
  return rows;
}

/** What the Checker takes in a process that has so much for its heap and dies beyond. */
async function heapWithin(mebibytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "checker-"));
  try {
    const bundle = join(folder, "checker.mjs");
    await buildChecker(bundle);
    const workers = `data:text/javascript,${encodeURIComponent("export class WorkerEntrypoint {}")}`;
    await writeFile(bundle, (await readFile(bundle, "utf8")).replace("cloudflare:workers", workers));
    const script = join(import.meta.dirname, "checker-heap.ts");
    const { stdout, status } = spawnSync(process.execPath, [`--max-old-space-size=${mebibytes}`, script, bundle], { encoding: "utf8" });
    if (status !== 0) return `dies with ${mebibytes} MiB`;
    const { programs, bytes } = JSON.parse(stdout) as { programs: number; bytes: number };
    return `${programs} programs, ${(bytes / 1_048_576).toFixed(0)} MiB at the end`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const more = (difference: number) => (difference < 0 ? "" : "+") + ms(difference);

function answerOf({ name }: { readonly name: string }) {
  const graph = { entities: [{ name: "a.txt", entityType: "file", observations: [] }], relations: [] };
  if (name === "read_graph") return { ...text(JSON.stringify(graph)), structuredContent: graph };
  if (name === "create_entities") return { ...text("[]"), structuredContent: { entities: [] } };
  return { ...text("[FILE] a.txt\n[FILE] b.txt"), structuredContent: { content: "[FILE] a.txt\n[FILE] b.txt" } };
}

function gzipped(...files: readonly string[]): number {
  const bytes = files.map((file) => gzipSync(readFileSync(join(ROOT, "dist", file))).length);
  return Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1024);
}
