import { COMPATIBILITY } from "../core/compatibility.ts";
import { messageOf } from "../core/errors.ts";
import { throughDoor } from "./door.ts";
import type { SandboxDoor } from "./door.ts";
import type { Executor, SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import { readHarnessOutcome } from "./outcome.ts";
import { SANDBOX_MAIN, SANDBOX_MODULES } from "./sources.ts";

interface HarnessEntrypoint extends Rpc.WorkerEntrypointBranded {
  run(setup: Omit<SandboxJob, "module">, bridge: SandboxDoor): Promise<unknown>;
}

/** Runs each program in a fresh Dynamic Worker of the isolate's own Worker Loader: no network, no environment, no Node. */
export class DynamicWorkerExecutor implements Executor {
  readonly #loader: WorkerLoader;

  constructor(loader: WorkerLoader) {
    this.#loader = loader;
  }

  async run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal, onStart?: () => void): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: "stopped" };
    onStart?.();
    return throughDoor(bridge, signal, (door) => this.#load(job, door));
  }

  async #load(job: SandboxJob, door: SandboxDoor): Promise<SandboxOutcome> {
    try {
      const worker = this.#loader.load({
        ...COMPATIBILITY,
        mainModule: SANDBOX_MAIN,
        modules: { ...SANDBOX_MODULES, "program.js": job.module },
        globalOutbound: null,
        // workerd itself ignores them.
        limits: { cpuMs: job.limits.cpuMs, subRequests: 0 },
      });
      const harness = worker.getEntrypoint<HarnessEntrypoint>() as unknown as {
        run(...args: Parameters<HarnessEntrypoint["run"]>): Promise<unknown>;
      };
      const { module: _, ...setup } = job;
      return readHarnessOutcome(await harness.run(setup, door));
    } catch (error) {
      return syntaxErrorOf(error) ?? platformLimitOf(error) ?? { kind: "broken", message: messageOf(error) };
    }
  }
}

/** Cloudflare's words for a program that it has ended. */
function platformLimitOf(error: unknown): SandboxOutcome | undefined {
  const message = messageOf(error);
  if (/exceeded (?:its )?CPU (?:time )?limit/i.test(message)) return { kind: "killed", limit: "cpuMs" };
  if (/exceeded (?:its )?memory limit/i.test(message)) return { kind: "killed", limit: "memoryBytes" };
  return undefined;
}

/** What TypeScript's parser lets through and V8 refuses (`let a; let a`) surfaces here, when the module is compiled. */
function syntaxErrorOf(error: unknown): SandboxOutcome | undefined {
  const found = /SyntaxError: ([^\n]*)(?:\n\s+at program\.js:(\d+):(\d+))?/.exec(messageOf(error));
  if (found === null) return undefined;
  const [, message = "", line, column] = found;
  // Of a compile error workerd tells the column counted from 0.
  const stack = line === undefined ? "" : `    at program.js:${line}:${Number(column) + 1}`;
  return { kind: "threw", error: { name: "SyntaxError", message, stack, causes: [] }, droppedLines: 0, droppedBlocks: 0 };
}
