/** `npm run bench`: what the proxy costs, as ratios against something measured in the same run. Run it on a quiet machine. */
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { openCaller } from "../support/callers.ts";
import type { CallerEra } from "../support/callers.ts";
import { proxyMemory, sandboxProcesses, until } from "../support/processes.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import { startBare } from "./bare.ts";
import { checkerRows } from "./checker.ts";
import { connect, execute } from "./clients.ts";
import { startInProcess } from "./in-process.ts";
import { measure, measureInTurn, ms, shown, timesOf } from "./measure.ts";
import type { Times } from "./measure.ts";
import { validationCost } from "./validation.ts";

const ROUNDS = 100;
const COLD_STARTS = 5;
const rows: [string, string, string][] = [];
const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
const DEFAULT_SETUP = {
  mcpServers: {
    everything: { command: bin("mcp-server-everything") },
    filesystem: { command: bin("mcp-server-filesystem"), args: [join(ROOT, "examples/files")] },
    memory: { command: bin("mcp-server-memory"), env: { MEMORY_FILE_PATH: "/dev/null" } },
  },
};

async function coldStart(): Promise<number> {
  const start = performance.now();
  const proxy = await startProxy(DEFAULT_SETUP);
  const client = await connect(proxy.url);
  const { tools } = await client.listTools();
  const took = performance.now() - start;
  for (const key of Object.keys(DEFAULT_SETUP.mcpServers)) {
    if (!tools[0]?.description?.includes(`declare const ${key}:`)) throw new Error(`${key} is missing from the first list`);
  }
  await client.close();
  await proxy.stop();
  return took;
}

/** From a caller's cancelling to the upstream's learning of it, in ms. */
async function cancellation(era: CallerEra): Promise<Times> {
  const times: number[] = [];
  let arrived = Promise.withResolvers<void>();
  let stopped = Promise.withResolvers<void>();
  const upstream = await startUpstream("legacy", {
    pages: [[tool("hold")]],
    call: ({ signal }) => {
      arrived.resolve();
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          stopped.resolve();
          reject(new Error("cancelled"));
        });
      });
    },
  });
  const proxy = await startProxy({ mcpServers: { upstream: { url: upstream.url } } });
  const caller = await openCaller(proxy.url, era);
  for (let round = 0; round < 20; round += 1) {
    [arrived, stopped] = [Promise.withResolvers(), Promise.withResolvers()];
    const cancel = new AbortController();
    const running = caller.run(`await upstream.hold({ round: ${round} })`, cancel.signal).catch(() => undefined);
    await arrived.promise;
    const start = performance.now();
    cancel.abort();
    await stopped.promise;
    times.push(performance.now() - start);
    await running;
  }
  await caller.close();
  await proxy.stop();
  await upstream.close();
  return timesOf(times);
}

/** What a kill costs: the answer to an endless loop beyond its limit, and the program that comes next beside an ordinary one, in ms. */
async function kills(): Promise<{ answer: Times; next: number; ordinary: number }> {
  const cpuMs = 300;
  const proxy = await startProxy({ mcpServers: {}, limits: { cpuMs } });
  const client = await connect(proxy.url);
  const ordinary: number[] = [];
  const answers: number[] = [];
  const nexts: number[] = [];
  const timed = async (code: string): Promise<number> => {
    const start = performance.now();
    await execute(client, code).catch(() => undefined);
    return performance.now() - start;
  };
  await timed("return 0");
  for (let round = 0; round < 30; round += 1) {
    ordinary.push(await timed(`return ${round}`));
    answers.push((await timed(`while (true) {} // ${round}`)) - cpuMs);
    nexts.push(await timed(`return -${round}`));
  }
  await client.close();
  await proxy.stop();
  return { answer: timesOf(answers), next: timesOf(nexts).p50, ordinary: timesOf(ordinary).p50 };
}

async function directStdio(): Promise<Times> {
  const client = new Client({ name: "bench", version: "1.0.0" });
  await client.connect(new StdioClientTransport({ command: bin("mcp-server-everything"), stderr: "ignore" }));
  const measured = await measure(ROUNDS, (round) => client.callTool({ name: "echo", arguments: { message: String(round) } }));
  await client.close();
  return measured;
}

console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(2)}, Node ${process.versions.node}`);

const starts: number[] = [];
for (let run = 0; run < COLD_STARTS; run += 1) starts.push(await coldStart());
rows.push(["cold start: spawn to tools/list, three stdio upstreams", ms(timesOf(starts).p50), "aim < 1000 ms"]);

const slow = await startUpstream("legacy", {
  pages: [[tool("wait"), tool("now")]],
  call: async ({ name }) => {
    if (name === "wait") await new Promise((resolve) => setTimeout(resolve, 100));
    return text("done");
  },
});
const proxy = await startProxy({ mcpServers: { ...DEFAULT_SETUP.mcpServers, slow: { url: slow.url } } });
const client = await connect(proxy.url);
await client.listTools();
await until(
  () => sandboxProcesses(proxy.child.pid ?? 0),
  (pids) => pids.length === 1,
);
const memory = await proxyMemory(proxy.child.pid ?? 0);
const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MiB`;
rows.push(["memory of one idle sandbox process", megabytes(memory.sandboxes), ""]);
rows.push([
  "memory of the idle proxy without its upstreams",
  megabytes(memory.node + memory.workerd + memory.sandboxes),
  `Node ${megabytes(memory.node)}, workerd ${megabytes(memory.workerd)}`,
]);

const bare = await startBare();
const inProcess = await startInProcess();
// A different text each time, so that nothing is answered from a cache. A program that does not parse goes the same way but for the sandbox:
// with a run in a process that serves it (in-process.ts) on top, that is the trivial program without the pool.
const { loaded, trivial, refused, ran } = await measureInTurn(ROUNDS, {
  loaded: async () => (await fetch(bare.url)).text(),
  trivial: (round) => execute(client, `return ${round}`),
  refused: (round) => execute(client, `return ${round} +`).catch(() => undefined),
  ran: (round) => inProcess.run(round),
});
bare.stop();
await inProcess.stop();
rows.push(["bare Worker Loader: load() + one call, over HTTP", shown(loaded), ""]);
rows.push(["trivial program through MCP over HTTP", shown(trivial), `${(trivial.p50 / loaded.p50).toFixed(2)}x bare, aim <= 2x`]);
rows.push([
  "the same without the pool: MCP and Checker + a run in one process",
  `p50 ${ms(refused.p50)} + ${ms(ran.p50)}`,
  `the pool takes ${(trivial.p50 / (refused.p50 + ran.p50)).toFixed(2)}x of it, aim <= 1.6x`,
]);

const direct = await directStdio();
const CALLS = 20;
const one = await measure(ROUNDS, (round) => execute(client, `return await everything.echo({ message: "${round}" })`));
const many = await measure(ROUNDS / 2, (round) =>
  execute(client, `for (let i = 0; i < ${CALLS + 1}; i++) await everything.echo({ message: "${round}" }); return 1`),
);
const perCall = (many.p50 - one.p50) / CALLS;
rows.push(["a stdio upstream called directly", `p50 ${ms(direct.p50)}`, ""]);
rows.push(["the same call inside a program", `${ms(perCall)} each`, `+${ms(perCall - direct.p50)}, aim <= +3 ms`]);
rows.push(["a program with one such call", `p50 ${ms(one.p50)}`, `+${ms(one.p50 - trivial.p50)} over the trivial program`]);

const validation = validationCost();
rows.push([
  "validating the arguments of one call",
  `${validation.toFixed(1)} µs`,
  `${((validation / 1_000 / trivial.p50) * 100).toFixed(2)} % of the trivial program`,
]);

const sequential = await measure(ROUNDS / 2, (round) =>
  execute(client, `for (let i = 0; i < 10; i++) await slow.now({ i }); return ${round}`),
);
rows.push(["10 calls to an HTTP upstream, one after the other", `p50 ${ms(sequential.p50)}`, ""]);

const parallel = await measure(20, (round) =>
  execute(client, `await Promise.all(Array.from({ length: 10 }, (_, i) => slow.wait({ i }))); return ${round}`),
);
rows.push(["10 calls of 100 ms to an HTTP upstream, at once", shown(parallel), "aim <= 130 ms"]);

await client.close();
await proxy.stop();
await slow.close();

const { answer, next, ordinary } = await kills();
rows.push(["the answer to an endless loop, beyond cpuMs", shown(answer), "aim <= 300 ms"]);
rows.push(["the program after a kill", `p50 ${ms(next)}`, `${(next / ordinary).toFixed(2)}x an ordinary one, aim <= 1.5x`]);
for (const era of ["2025", "2026"] as const) {
  const cancelled = await cancellation(era);
  rows.push([`cancelled by a ${era} caller: until the upstream learns`, shown(cancelled), "aim <= 250 ms"]);
}

rows.push(...(await checkerRows(ROUNDS)));

const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
