import { COMPATIBILITY } from "../core/compatibility.ts";
import { messageOf } from "../core/errors.ts";
import { SandboxDoor } from "./door.ts";
import type { Executor, RawThrown, SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import { SANDBOX_MAIN, SANDBOX_MODULES } from "./sources.ts";

interface HarnessEntrypoint extends Rpc.WorkerEntrypointBranded {
  run(setup: Pick<SandboxJob, "namespaces" | "limits">, bridge: SandboxDoor): Promise<unknown>;
}

/** Runs each program in a fresh Dynamic Worker of the isolate's own Worker Loader: no network, no environment, no Node. */
export class DynamicWorkerExecutor implements Executor {
  readonly #loader: WorkerLoader;

  constructor(loader: WorkerLoader) {
    this.#loader = loader;
  }

  async run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: "stopped" };
    const door = new SandboxDoor(bridge);
    const aborted = Promise.withResolvers<SandboxOutcome>();
    const onAbort = () => {
      SandboxDoor.close(door);
      aborted.resolve({ kind: "stopped" });
    };
    signal.addEventListener("abort", onAbort);
    try {
      return await Promise.race([this.#load(job, door), aborted.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
      SandboxDoor.close(door);
    }
  }

  async #load(job: SandboxJob, door: SandboxDoor): Promise<SandboxOutcome> {
    try {
      const worker = this.#loader.load({
        ...COMPATIBILITY,
        mainModule: SANDBOX_MAIN,
        modules: { ...SANDBOX_MODULES, "program.js": job.module },
        globalOutbound: null,
      });
      const harness = worker.getEntrypoint<HarnessEntrypoint>() as unknown as {
        run(...args: Parameters<HarnessEntrypoint["run"]>): Promise<unknown>;
      };
      return readOutcome(await harness.run({ namespaces: job.namespaces, limits: job.limits }, door));
    } catch (error) {
      return syntaxErrorOf(error) ?? { kind: "broken", message: messageOf(error) };
    }
  }
}

/** The harness shares its isolate with the program, so what it says is checked like any other input. */
function readOutcome(said: unknown): SandboxOutcome {
  if (typeof said === "object" && said !== null && "kind" in said) {
    const droppedLines = "droppedLines" in said && typeof said.droppedLines === "number" ? said.droppedLines : 0;
    if (said.kind === "returned" && "text" in said && typeof said.text === "string") {
      return { kind: "returned", text: said.text, droppedLines };
    }
    if (said.kind === "threw" && "error" in said && isThrown(said.error)) return { kind: "threw", error: said.error, droppedLines };
  }
  return { kind: "broken", message: "the sandbox ended without a readable outcome" };
}

function isThrown(error: unknown): error is RawThrown {
  if (typeof error !== "object" || error === null) return false;
  const { name, message, stack, causes } = error as Record<string, unknown>;
  const isText = (value: unknown) => typeof value === "string";
  return isText(name) && isText(message) && isText(stack) && Array.isArray(causes) && causes.every(isText);
}

/** What TypeScript's parser lets through and V8 refuses (`let a; let a`) surfaces here, when the module is compiled. */
function syntaxErrorOf(error: unknown): SandboxOutcome | undefined {
  const found = /SyntaxError: ([^\n]*)(?:\n\s+at program\.js:(\d+):(\d+))?/.exec(messageOf(error));
  if (found === null) return undefined;
  const [, message = "", line, column] = found;
  // Of a compile error workerd tells the column counted from 0.
  const stack = line === undefined ? "" : `    at program.js:${line}:${Number(column) + 1}`;
  return { kind: "threw", error: { name: "SyntaxError", message, stack, causes: [] }, droppedLines: 0 };
}
