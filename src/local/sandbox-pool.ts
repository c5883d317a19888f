import { FairQueue } from "../core/fair-queue.ts";
import type { Limits } from "../core/limits.ts";
import type { Route } from "./loopback.ts";
import { RunConnection } from "./run-connection.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

export interface SandboxPoolOptions {
  readonly limits: Pick<Limits, "executions" | "executionsQueued" | "sandboxIdleMs">;
  /** Starts one process. */
  readonly start: () => Promise<SandboxProcess>;
  readonly log: (line: string) => void;
}

export interface SandboxPool {
  /** Serves `GET /sandbox`: one connection is one run, at most, in a process of its own. */
  readonly route: Route;
  close(): Promise<void>;
}

/** A process takes a core for about 100 ms to start: the spare one lets the run that has just got its process have it first. */
const SPARE_MS = 50;
/** The same when everything starts: the proxy and its upstreams first. */
const FIRST_SPARE_MS = 600;
/** So many starts in a row that fail cost each run that waits its place: they will not succeed in a moment either. */
const MAX_FAILURES = 3;
const OWNER_HEADER = "x-codemode-owner";

/**
 * The sandbox processes: as many as run programs, and one spare, so that neither a kill nor a burst makes the next program wait for a start.
 */
export function startSandboxPool({ limits, start, log }: SandboxPoolOptions): SandboxPool {
  const queue = new FairQueue(limits.executions, limits.executionsQueued);
  const all = new Set<SandboxProcess>();
  /** The spare one first, the one used last at the end; all but the spare one with the timer that ends them. */
  const idle: { readonly process: SandboxProcess; readonly timer: NodeJS.Timeout | undefined }[] = [];
  /** Runs that have a place and no process yet. What becomes free first is theirs, started for them or not. */
  const waiting: PromiseWithResolvers<SandboxProcess>[] = [];
  const starting = new Set<Promise<void>>();
  /** Starts that have failed since one has not. */
  let failures = 0;
  let closed = false;
  let spareSoon: NodeJS.Timeout | undefined;

  /** Starts what is missing until there is one for each run that waits, and `spare` ones beyond. */
  const startFor = (spare: number) => {
    if (closed) return;
    const settling = Array.from(all).filter((process) => process.settling).length;
    while (idle.length + starting.size + settling < waiting.length + spare) {
      const started: Promise<void> = start()
        .finally(() => starting.delete(started))
        .then(welcome, (error: unknown) => {
          log(`a sandbox process did not start: ${String(error)}`);
          failures += 1;
          // Somebody may have killed it; a run that waits is given up only if that does not help.
          if (failures >= MAX_FAILURES) waiting.shift()?.reject(error);
          startFor(0);
        });
      starting.add(started);
    }
  };
  const spareIn = (ms: number) => {
    spareSoon ??= setTimeout(() => {
      spareSoon = undefined;
      startFor(1);
    }, ms).unref();
  };
  const restock = () => {
    startFor(0);
    spareIn(SPARE_MS);
  };
  const welcome = async (process: SandboxProcess): Promise<void> => {
    if (closed) return process.kill();
    failures = 0;
    all.add(process);
    void process.ended.then(() => {
      all.delete(process);
      if (remove(process)) restock();
    });
    offer(process);
  };
  const offer = (process: SandboxProcess) => {
    const next = waiting.shift();
    if (next !== undefined) return next.resolve(process);
    const retire = () => {
      // First: what is about to end must not be lent any more.
      remove(process);
      void process.kill();
    };
    idle.push({ process, timer: idle.length === 0 ? undefined : setTimeout(retire, limits.sandboxIdleMs).unref() });
  };
  const remove = (process: SandboxProcess): boolean => {
    const at = idle.findIndex((entry) => entry.process === process);
    if (at === -1) return false;
    clearTimeout(idle[at]?.timer);
    idle.splice(at, 1);
    return true;
  };
  const take = (): Promise<SandboxProcess> => {
    const process = idle.at(-1)?.process;
    const wanted = Promise.withResolvers<SandboxProcess>();
    if (process === undefined) waiting.push(wanted);
    else {
      remove(process);
      wanted.resolve(process);
    }
    restock();
    return wanted.promise;
  };

  const serve = async (run: RunConnection, owner: string): Promise<void> => {
    if (!(await run.begun)) return;
    const place = await queue.take(owner, run.gone);
    if (place === "gone") return;
    if (place === "busy") return run.close("busy", "");
    try {
      const process = await take();
      const usable = run.gone.aborted || (await process.lend(run));
      if (usable && all.has(process)) offer(process);
      else restock();
    } finally {
      place();
    }
  };

  spareIn(FIRST_SPARE_MS);
  return {
    route(path, knock) {
      if (path !== "/sandbox") return false;
      knock.accept((webSocket) => {
        const run = new RunConnection(webSocket);
        serve(run, String(knock.headers[OWNER_HEADER] ?? "")).catch(() => run.close("unavailable", "no sandbox process could be started"));
      });
      return true;
    },
    async close() {
      closed = true;
      await Promise.all([...starting, ...Array.from(all, (process) => process.kill())]);
    },
  };
}
