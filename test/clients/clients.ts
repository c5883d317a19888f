/**
 * `npm run test:clients`: real clients find the tool and run a program with it, against a scripted model. Installs the clients on demand into
 * `node_modules/.cache`. `--write` puts what was seen into `docs/clients.md`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../bench/clients.ts";
import { CLI, ROOT, startProxy, writeConfig } from "../support/proxy.ts";
import { CLIS } from "./cli.ts";
import type { Cli, Server } from "./cli.ts";
import { FINAL_WORD, startModelApi } from "./model-api.ts";
import type { ModelApi } from "./model-api.ts";
import { startRecorder } from "./recorder.ts";
import { reportOf } from "./report.ts";
import type { Run, Sent } from "./report.ts";

const CACHE = join(ROOT, "node_modules/.cache/clients");
const DEADLINE_MS = 120_000;
const CONFIG = {
  mcpServers: {
    everything: { command: join(ROOT, "node_modules/.bin/mcp-server-everything") },
    filesystem: { command: join(ROOT, "node_modules/.bin/mcp-server-filesystem"), args: [join(ROOT, "examples/files")] },
    memory: { command: join(ROOT, "node_modules/.bin/mcp-server-memory"), env: { MEMORY_FILE_PATH: "/dev/null" } },
  },
};
/** A sum that only a run can know, and an image. */
const PROGRAM = `const sum = await everything.get_sum({ a: 20, b: 22 });
const image = await everything.get_tiny_image({});
codemode.emit(image.find((block) => block.type === "image"));
return { answer: sum };`;

async function install(cli: Cli): Promise<string> {
  const folder = join(CACHE, `${cli.bin}-${cli.version}`);
  const executable = join(folder, "node_modules/.bin", cli.bin);
  if (existsSync(executable)) return executable;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  const args = ["install", "--no-audit", "--no-fund", "--no-save", `${cli.package}@${cli.version}`];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0 || !existsSync(executable)) throw new Error(`${cli.package}@${cli.version} cannot be installed`);
  // Some keep their native part in a package of its own and put it in place when they are installed, which npm does not do unasked.
  const script = join(folder, "node_modules", cli.package, "install.cjs");
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: join(folder, "node_modules", cli.package), stdio: "ignore" });
  return executable;
}

/** The client's own output, once it has ended. Past the deadline it is killed, and whatever it has started. */
async function launch(executable: string, args: readonly string[], env: Record<string, string>, home: string): Promise<string> {
  const path = `${join(ROOT, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
  const child = spawn(executable, args, {
    cwd: home,
    env: { PATH: path, HOME: home, TERM: "dumb", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), DEADLINE_MS);
  await new Promise<void>((resolve) => void child.once("close", () => resolve()));
  clearTimeout(timer);
  return output;
}

async function runClient(cli: Cli, executable: string, over: "HTTP" | "stdio"): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), "client-"));
  const api: ModelApi = await startModelApi(cli.dialect, PROGRAM);
  const proxy = over === "HTTP" ? await startProxy(CONFIG) : undefined;
  const recorder = proxy === undefined ? undefined : await startRecorder(proxy.url);
  const { file } = await writeConfig(CONFIG);
  const server: Server =
    recorder === undefined ? { command: process.execPath, args: [CLI, "stdio", "--config", file] } : { url: recorder.url.href };
  try {
    const { args, env } = await cli.prepare(home, server, api.origin);
    const output = await launch(executable, args, env, home);
    const first = api.seen[0];
    const last = api.seen.find(({ result }) => result !== undefined);
    if (first === undefined) throw new Error(`the model was never shown the tool. It said:\n${output}`);
    const result = JSON.stringify(last?.result ?? null);
    if (!result.includes("42")) throw new Error(`the result never came back to the model: ${result.slice(0, 500)}\nIt said:\n${output}`);
    if (!output.includes(FINAL_WORD)) throw new Error(`it did not end with the model's last word:\n${output}`);
    return { cli, over, first, result: last?.result, greetings: recorder?.greetings ?? [], methods: [...(recorder?.methods ?? [])] };
  } finally {
    await recorder?.close();
    await proxy?.stop();
    await api.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** What the proxy has told the clients. */
async function sent(): Promise<Sent> {
  const proxy = await startProxy(CONFIG);
  const client = await connect(proxy.url);
  const { tools } = await client.listTools();
  const told = { description: tools[0]?.description ?? "", instructions: client.getInstructions() ?? "" };
  await client.close();
  await proxy.stop();
  return told;
}

const runs: Run[] = [];
let failed = 0;
for (const cli of CLIS) {
  for (const over of ["HTTP", "stdio"] as const) {
    try {
      const executable = await install(cli);
      runs.push(await runClient(cli, executable, over));
      console.log(`ok    ${cli.name} ${cli.version} over ${over}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${cli.name} ${cli.version} over ${over}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
if (process.argv.includes("--write") && failed === 0) {
  const file = join(ROOT, "docs/clients.md");
  const text = await readFile(file, "utf8");
  const mark = "<!-- seen:start -->";
  await writeFile(file, `${text.slice(0, text.indexOf(mark) + mark.length)}\n\n${reportOf(runs, await sent())}\n`);
}
console.log(`${runs.length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
