/**
 * `npm run soak` (`-- --seconds N`, 300 unless said): innocent and hostile programs from 8 clients at once. Every innocent one has to be
 * answered rightly, every hostile one with an error, and in the end nothing may be left of either. Ends with 1 and the reason otherwise.
 * Garbage is collected all the while: V8 would let it pile up, and what it takes would hide what is lost.
 */
import { parseArgs } from "node:util";
import { openCaller } from "../support/callers.ts";
import { Count } from "../support/count.ts";
import { proxyMemory, sandboxProcesses } from "../support/processes.ts";
import { startInspectedProxy } from "../support/inspected-proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";

const SECONDS = Number(parseArgs({ options: { seconds: { type: "string", default: "300" } } }).values.seconds);
const CLIENTS = 8;
const MAX_GROWTH = 1.2;
const COLLECT_SECONDS = 5;
/** Idle sandbox processes beyond the spare one are kept for 30 s. */
const IDLE_SECONDS = 45;

const INNOCENT: readonly ((n: number) => readonly [string, string])[] = [
  (n) => [`return ${n}`, `${n}`],
  (n) => [`return await peer.echo({ n: ${n} })`, `echo ${n}`],
  (n) => [`return (await Promise.all([1, 2, 3].map(() => peer.echo({ n: ${n} })))).length + ${n}`, `${n + 3}`],
  (n) => [`console.log("seen"); await new Promise((r) => setTimeout(r, 30)); return ${n}`, `${n}\n--\nConsole:\nseen`],
  (n) => [`return { n: ${n}, list: Array.from({ length: 1000 }, (_, i) => i).length }`, `{"n":${n},"list":1000}`],
];
/** None of these may return a value; each leaves its process dead, stuck for a moment, full or flooded. */
const HOSTILE: readonly string[] = [
  "while (true) {}",
  "await peer.echo({ n: 1 }); while (true) {}",
  "const kept = []; for (;;) kept.push(new Array(100_000).fill(1));",
  "const kept = []; for (;;) { kept.push(new Uint8Array(4_194_304).fill(1)); await new Promise((r) => setTimeout(r, 1)); }",
  "await new Promise((r) => setTimeout(r, 60_000))",
  "for (;;) { try { await peer.echo({ n: 1 }) } catch {} }",
  "for (;;) peer.echo({ n: 1 }).catch(() => {});",
  "setInterval(() => { for (let i = 0; i < 1e8; i++); }, 0); await new Promise(() => {})",
  "for (;;) { console.log('x'.repeat(1e4)); await null }",
  "throw { toString() { while (true) {} } }",
];

const upstream = await startUpstream("legacy", {
  pages: [[tool("echo")]],
  call: ({ arguments: args }) => text(`echo ${String(args["n"])}`),
});
const proxy = await startInspectedProxy({
  mcpServers: { peer: { url: upstream.url } },
  // Short ones, so that hostile programs come and go.
  limits: { executionMs: 3_000, cpuMs: 1_000, memoryBytes: 67_108_864, calls: 200 },
});
const pid = proxy.child.pid ?? 0;
const callers = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => openCaller(proxy.url, index % 2 === 0 ? "2025" : "2026")));
/** The spare one starts a moment after the proxy. */
const idle = Math.max(1, (await sandboxProcesses(pid)).length);

const count = new Count();
const failures: string[] = [];
const startedAt = performance.now();
const elapsed = () => (performance.now() - startedAt) / 1_000;
let sent = 0;

async function innocent(caller: (typeof callers)[number]): Promise<void> {
  const n = (sent += 1);
  const [source, expected] = INNOCENT[n % INNOCENT.length]?.(n) ?? ["", ""];
  const told = await caller.run(source).catch(String);
  count.add(told === expected ? "innocent answered rightly" : "innocent answered wrongly");
  if (told !== expected && failures.length < 20) failures.push(`${source} answered ${told.slice(0, 200)}`);
}

async function hostile(caller: (typeof callers)[number], round: number): Promise<void> {
  const source = HOSTILE[round % HOSTILE.length] ?? "";
  // Some callers do not wait for the end of theirs.
  const signal = round % 4 === 3 ? AbortSignal.timeout(500) : undefined;
  const told = await caller.run(source, signal).catch(() => "gone");
  const ended = told === "gone" ? "hostile cancelled" : "hostile ended with an error";
  const right = told.startsWith("ERROR ") || (told === "gone" && signal !== undefined);
  count.add(right ? ended : "hostile that got through");
  if (!right && failures.length < 20) failures.push(`${source} answered ${told.slice(0, 200)}`);
}

async function client(caller: (typeof callers)[number], index: number): Promise<void> {
  for (let round = index; elapsed() < SECONDS; round += 1) {
    // Two of the eight are hostile all the time, the others never.
    if (index < 2) await hostile(caller, round);
    else await innocent(caller);
  }
}

/** What is left of the heaps of Node and of workerd's isolates after each collection. */
const heaps: { readonly at: number; readonly node: number; readonly workerd: number }[] = [];

async function collect(): Promise<void> {
  const [caller] = callers;
  while (elapsed() < SECONDS) {
    const left = await proxy.collectGarbage(async () => caller?.run(`return ${(sent += 1)} +`));
    heaps.push({ at: elapsed(), ...left });
    await pause(COLLECT_SECONDS * 1_000);
  }
}

type Memory = Awaited<ReturnType<typeof proxyMemory>>;
const PARTS = ["node", "workerd", "sandboxes"] as const;

/** The average of each part over a stretch of time: the sandboxes' memory goes up and down with every hostile program. */
async function averageMemory(from: number, to: number): Promise<Memory> {
  await pause((from - elapsed()) * 1_000);
  const seen: Memory[] = [];
  while (elapsed() < to) {
    seen.push(await proxyMemory(pid));
    await pause(1_000);
  }
  const average = (part: (typeof PARTS)[number]) => seen.reduce((sum, memory) => sum + memory[part], 0) / seen.length;
  return { node: average("node"), workerd: average("workerd"), sandboxes: average("sandboxes") };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MiB`;
const window = Math.min(20, SECONDS / 5);
const minute = Math.min(60, SECONDS / 3);
const [early, late] = await Promise.all([
  averageMemory(minute - window, minute),
  averageMemory(SECONDS - window, SECONDS),
  collect(),
  ...callers.map(client),
]);
console.log(`${SECONDS} s, ${CLIENTS} clients: ${count}`);
for (const part of PARTS) {
  const growth = late[part] / early[part];
  console.log(`${part}: ${megabytes(early[part])} in the first minute, ${megabytes(late[part])} at the end: ${growth.toFixed(2)}x`);
  if (growth > MAX_GROWTH) failures.push(`the memory of ${part} has grown ${growth.toFixed(2)} times`);
}

for (const part of ["node", "workerd"] as const) {
  const least = (from: number) => Math.min(...heaps.filter(({ at }) => at > from && at <= from + window).map((heap) => heap[part]));
  const [first, last] = [least(minute - window), least(SECONDS - window)];
  console.log(`what ${part} holds: ${megabytes(first)} in the first minute, ${megabytes(last)} in the last: ${(last / first).toFixed(2)}x`);
  if (!(last <= first * MAX_GROWTH)) failures.push(`what ${part} holds has grown ${(last / first).toFixed(2)} times`);
}

const deadline = elapsed() + IDLE_SECONDS;
let left = (await sandboxProcesses(pid)).length;
while (left > idle && elapsed() < deadline) {
  await pause(500);
  left = (await sandboxProcesses(pid)).length;
}
console.log(`sandbox processes: ${idle} before, ${left} after ${IDLE_SECONDS} s of rest at the most`);
if (left > idle) failures.push(`${left} sandbox processes are left of ${idle}`);
await innocent(callers[0] ?? (await openCaller(proxy.url)));

for (const caller of callers) await caller.close();
await proxy.stop();
await upstream.close();
for (const failure of failures) console.error(`FAILED: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
