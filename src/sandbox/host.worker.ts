import { newWebSocketRpcSession, RpcTarget } from "capnweb";
import type { RpcStub } from "capnweb";
import { timingSafeEqual } from "hono/utils/buffer";
import { DynamicWorkerExecutor } from "./dynamic-worker.ts";
import type { SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import { fromWire, toWire } from "./wire.ts";
import type { Wire } from "./wire.ts";

interface HostEnv {
  readonly LOADER: WorkerLoader;
  /** What the runtime's connection carries: every process of the machine can reach this port. */
  readonly SECRET: string;
}

/** The proxy's bridge, on the other side of the connection. */
export interface RemoteBridge {
  begin(): Promise<void>;
  request(text: Wire<string>): Promise<Wire<string>>;
  log(level: string, text: Wire<string>): Promise<void>;
  emit(head: Wire<string>, body: Wire<string>): Promise<void>;
}

/** What a sandbox process offers over one connection: one run. */
export class SandboxHost extends RpcTarget {
  readonly #loader: WorkerLoader;
  readonly #signal: AbortSignal;

  constructor(loader: WorkerLoader, signal: AbortSignal) {
    super();
    this.#loader = loader;
    this.#signal = signal;
  }

  /** Settles as `Executor.run`. */
  async run(job: SandboxJob, bridge: RpcStub<RemoteBridge & RpcTarget>): Promise<Wire<SandboxOutcome>> {
    const remote: SandboxBridge = {
      begin: async () => bridge.begin(),
      request: async (text) => fromWire(await bridge.request(toWire(text))) as string,
      log: async (level, text) => bridge.log(level, toWire(text)),
      emit: async (head, body) => bridge.emit(toWire(head), toWire(body)),
    };
    return toWire(await new DynamicWorkerExecutor(this.#loader).run(job, remote, this.#signal));
  }
}

/** The first runs of a process compile what all others find compiled: whoever starts the process waits for them, no program does. */
const WARM_UP_RUNS = 3;
const WARM_UP: SandboxJob = {
  module: "export default async () => { console.log(await codemode.search('')); return 1; }",
  namespaces: {},
  limits: {
    resultChars: 10,
    resultBytes: 10,
    blocks: 1,
    blockBytes: 10,
    consoleChars: 10,
    consoleLines: 1,
    cpuMs: 1_000,
    drainMs: 0,
    callsInFlight: 1,
    inFlightBytes: 1_000,
    argumentBytes: 1_000,
  },
};
const SILENT_BRIDGE: SandboxBridge = {
  begin: async () => undefined,
  request: async () => '{"value":1}',
  log: async () => undefined,
  emit: async () => undefined,
};
let isWarm = false;

/** The Worker of a sandbox process. The end of the connection is the end of the run, whoever ended it. */
export default {
  async fetch(request, { LOADER, SECRET }): Promise<Response> {
    if (!(await timingSafeEqual(request.headers.get("x-codemode-secret") ?? "", SECRET))) return new Response("Forbidden", { status: 403 });
    if (!isWarm) {
      isWarm = true;
      const signal = new AbortController().signal;
      for (let run = 0; run < WARM_UP_RUNS; run += 1) await new DynamicWorkerExecutor(LOADER).run(WARM_UP, SILENT_BRIDGE, signal);
    }
    const { 0: theirs, 1: ours } = new WebSocketPair();
    const gone = new AbortController();
    ours.accept();
    ours.addEventListener("close", () => gone.abort());
    ours.addEventListener("error", () => gone.abort());
    newWebSocketRpcSession(ours, new SandboxHost(LOADER, gone.signal));
    return new Response(null, { status: 101, webSocket: theirs });
  },
} satisfies ExportedHandler<HostEnv>;
