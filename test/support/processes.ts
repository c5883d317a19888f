import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";

interface Row {
  readonly command: string;
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

/** All processes below `pid`, by their numbers. */
export async function descendants(pid: number): Promise<number[]> {
  const rows = await processTable();
  const below = (of: number): number[] => rows.filter((row) => row.parent === of).flatMap((row) => [row.pid, ...below(row.pid)]);
  return below(pid);
}

/** Those of `pids` that still run. Z: ended, and only not yet collected by whoever inherited it. */
export async function stillAlive(pids: readonly number[]): Promise<number[]> {
  const rows = await processTable();
  return rows.filter((row) => pids.includes(row.pid) && !row.state.startsWith("Z")).map((row) => row.pid);
}

/** The command line of a process; empty once it has ended. */
export async function commandOf(pid: number): Promise<string> {
  return (await processTable()).find((row) => row.pid === pid)?.command ?? "";
}

/** From /proc where there is one, because small Linux images have no `ps`. */
async function processTable(): Promise<Row[]> {
  if (!existsSync("/proc/self/stat")) return psTable();
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(
    pids.map(async (pid): Promise<Row | undefined> => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
      // The name in parentheses may hold spaces; what follows may not.
      const [state, parent] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return state === undefined ? undefined : { pid: Number(pid), parent: Number(parent), state, command };
    }),
  );
  return rows.filter((row) => row !== undefined);
}

async function psTable(): Promise<Row[]> {
  const child = spawn("ps", ["-eo", "pid=,ppid=,stat=,args="], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, state = "", ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state, command: command.join(" ") };
    });
}

/** Whether it is workerd itself, and nothing that stands in front of it. */
function isWorkerd(command: string): boolean {
  return /^[^\0 ]*workerd(?:\.exe)?[\0 ]serve[\0 ]/.test(command);
}

/** The sandbox processes of the proxy with this number. */
export async function sandboxProcesses(proxy: number): Promise<number[]> {
  const below = await descendants(proxy);
  const commands = await Promise.all(below.map(async (pid) => [pid, await commandOf(pid)] as const));
  return commands.filter(([, command]) => isWorkerd(command) && /[\\/]sandbox-\d+\.capnp/.test(command)).map(([pid]) => pid);
}

/** Resident memory, in bytes; 0 once it has ended, and where there is no /proc. */
export async function residentMemory(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => Number((await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "0 0")).split(" ")[1]) * 4_096),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Resident memory of the proxy's parts, in bytes. */
export async function proxyMemory(proxy: number): Promise<{ node: number; workerd: number; sandboxes: number }> {
  const below = await descendants(proxy);
  const sandboxes = await sandboxProcesses(proxy);
  const others = await Promise.all(below.map(async (pid) => (isWorkerd(await commandOf(pid)) ? [pid] : [])));
  const workerd = others.flat().filter((pid) => !sandboxes.includes(pid));
  const [ofNode, ofWorkerd, ofSandboxes] = await Promise.all([[proxy], workerd, sandboxes].map(residentMemory));
  return { node: ofNode ?? 0, workerd: ofWorkerd ?? 0, sandboxes: ofSandboxes ?? 0 };
}

/** Asks the process table until it says so: ends and starts of other processes are no events of ours. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
