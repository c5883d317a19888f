import { WorkerEntrypoint } from "cloudflare:workers";
import { FairQueue } from "../core/fair-queue.ts";
import { messageOf } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { throughDoor } from "./door.ts";
import type { SandboxDoor } from "./door.ts";
import { DynamicWorkerExecutor } from "./dynamic-worker.ts";
import type { Executor, SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import { readHostOutcome } from "./outcome.ts";

interface RunEnv {
  readonly LOADER: WorkerLoader;
}

/**
 * One run on Cloudflare, in an invocation of its own: a Durable Object may have few Dynamic Workers in flight in all, an invocation of a
 * stateless entrypoint has its own share, and a sandbox that dies takes only that invocation with it.
 */
export class SandboxRun extends WorkerEntrypoint<RunEnv> {
  async run(job: SandboxJob, door: SandboxDoor): Promise<SandboxOutcome> {
    const stop = new AbortController();
    // It rejects when the proxy goes away, and that ends the run as well.
    const abort = () => stop.abort();
    door.stopped().then(abort, abort);
    const bridge: SandboxBridge = {
      begin: () => door.begin(),
      request: (text) => door.request(text),
      log: (level, text) => door.log(level, text),
      emit: (head, body) => door.emit(head, body),
    };
    return new DynamicWorkerExecutor(this.env.LOADER).run(job, bridge, stop.signal);
  }
}

/** What `ctx.exports.SandboxRun` offers. */
export interface SandboxRunStub {
  run(job: SandboxJob, door: SandboxDoor): Promise<unknown>;
}

/** Runs each program in an invocation of `SandboxRun`, as many at once as the limits say, the rest in turn. */
export class EntrypointExecutor implements Executor {
  readonly #stub: SandboxRunStub;
  readonly #queue: FairQueue;

  constructor(stub: SandboxRunStub, { executions, executionsQueued }: Pick<Limits, "executions" | "executionsQueued">) {
    this.#stub = stub;
    this.#queue = new FairQueue(executions, executionsQueued);
  }

  async run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal, onStart?: () => void): Promise<SandboxOutcome> {
    const place = await this.#queue.take("", signal);
    if (place === "gone") return { kind: "stopped" };
    if (place === "busy") return { kind: "busy" };
    onStart?.();
    const broken = (error: unknown): SandboxOutcome => ({ kind: "broken", message: messageOf(error) });
    try {
      return await throughDoor(bridge, signal, (door) => this.#stub.run(job, door).then(readHostOutcome, broken));
    } finally {
      place();
    }
  }
}
