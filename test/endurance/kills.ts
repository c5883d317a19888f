/**
 * `npm run endurance` (`-- --kills N`, 200 unless said): sandbox processes are killed under load, one after the other, and no execution but the one
 * in the killed process may notice. Ends with 1 and the reason otherwise.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { openCaller } from "../support/callers.ts";
import { Count } from "../support/count.ts";
import { sandboxProcesses } from "../support/processes.ts";
import { startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";

const KILLS = Number(parseArgs({ options: { kills: { type: "string", default: "200" } } }).values.kills);
const CLIENTS = 4;
/** A program that has no answer by then hangs: each takes a few milliseconds. */
const HANG_MS = 30_000;

const failures: string[] = [];
const check = (holds: boolean, what: string) => {
  if (!holds) failures.push(what);
};

const upstream = await startUpstream("legacy", {
  pages: [[tool("echo")]],
  call: ({ arguments: args }) => text(`echo ${String(args["n"])}`),
});
const proxy = await startProxy({ mcpServers: { peer: { url: upstream.url } } });
const pid = proxy.child.pid ?? 0;
const callers = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => openCaller(proxy.url, index % 2 === 0 ? "2025" : "2026")));

/** Programs with the answers that they must give. */
const PROGRAMS: readonly ((n: number) => readonly [string, string])[] = [
  (n) => [`return ${n}`, `${n}`],
  (n) => [`return await peer.echo({ n: ${n} })`, `echo ${n}`],
  (n) => [`return (await Promise.all([1, 2, 3].map(() => peer.echo({ n: ${n} })))).join()`, `echo ${n},echo ${n},echo ${n}`],
  (n) => [`await new Promise((r) => setTimeout(r, 20)); return ${n}`, `${n}`],
  (n) => [`let sum = ${n}; for (let i = 0; i < 3e6; i++) sum += i % 2; return sum`, `${n + 1_500_000}`],
];

let sent = 0;
async function runOne(caller: (typeof callers)[number]): Promise<"right" | "sandbox ended" | "wrong" | "hung"> {
  const n = (sent += 1);
  const [source, expected] = PROGRAMS[n % PROGRAMS.length]?.(n) ?? ["", ""];
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), HANG_MS);
  });
  const told = await Promise.race([caller.run(source).catch(String), hung]);
  clearTimeout(timer);
  if (told === expected) return "right";
  if (told === undefined) return "hung";
  if (told.startsWith("ERROR The sandbox ended before the program did")) return "sandbox ended";
  console.error(`${source} answered ${told}\n${proxy.stderr()}`);
  return "wrong";
}

async function killUnderLoad(): Promise<void> {
  const count = new Count();
  /** Of each client: how many of its programs have been answered. */
  const answered = callers.map(() => 0);
  const over = new AbortController();
  const load = Promise.all(
    callers.map(async (caller, index) => {
      while (!over.signal.aborted) {
        count.add(await runOne(caller));
        answered[index] = (answered[index] ?? 0) + 1;
      }
    }),
  );
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(randomInt(60));
    const pids = await sandboxProcesses(pid);
    const victim = pids[randomInt(Math.max(1, pids.length))];
    if (victim === undefined) continue;
    const [before, lost] = [[...answered], count.of("sandbox ended")];
    try {
      process.kill(victim, "SIGKILL");
    } catch {
      // It had ended in between: one that had grown, or one too many.
      continue;
    }
    count.add("processes killed");
    // What ran at the moment of the kill has been answered when every client has seen two answers since.
    while (answered.some((now, index) => now < (before[index] ?? 0) + 2)) await pause(5);
    check(count.of("sandbox ended") <= lost + 1, `kill ${kill}: ${count.of("sandbox ended") - lost} executions were lost by it`);
  }
  over.abort();
  await load;
  console.log(`${CLIENTS} clients: ${count}`);
  check(count.of("processes killed") >= KILLS * 0.9, `only ${count.of("processes killed")} of ${KILLS} kills found a process`);
  check(count.of("sandbox ended") > 0, "no kill has hit a program: this has shown nothing");
  for (const what of ["wrong", "hung"]) check(count.of(what) === 0, `${count.of(what)} executions were ${what}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

await killUnderLoad();
for (const caller of callers) await caller.close();
await proxy.stop();
await upstream.close();
for (const failure of failures) console.error(`FAILED: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
