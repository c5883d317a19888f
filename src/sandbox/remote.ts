import { newWebSocketRpcSession, RpcTarget } from "capnweb";
import { messageOf } from "../core/errors.ts";
import { SANDBOX_CLOSE, SANDBOX_FRAME } from "../core/sandbox-frames.ts";
import { Echo } from "./echo.ts";
import type { Executor, SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import type { RemoteBridge, SandboxHost } from "./host.worker.ts";
import { readHostOutcome } from "./outcome.ts";
import { fromWire, toWire } from "./wire.ts";
import type { Wire } from "./wire.ts";

/** When a run is over, the answer to its caller goes first. */
const ANSWER_MS = 2;

/** The bridge as the other process may call it, and nothing else of it. */
class BridgeTarget extends RpcTarget implements RemoteBridge {
  readonly #bridge: SandboxBridge;
  readonly #echo: Echo;

  constructor(bridge: SandboxBridge, echo: Echo) {
    super();
    this.#bridge = bridge;
    this.#echo = echo;
  }

  begin(): Promise<void> {
    return this.#bridge.begin();
  }

  // What is no text stays what it is, and the bridge refuses it.
  async request(text: Wire<string>): Promise<Wire<string>> {
    return toWire(await this.#bridge.request(fromWire(text) as string));
  }

  log(level: string, text: Wire<string>): Promise<void> {
    this.#echo.arrived();
    return this.#bridge.log(level, fromWire(text) as string);
  }

  emit(head: Wire<string>, body: Wire<string>): Promise<void> {
    return this.#bridge.emit(fromWire(head) as string, fromWire(body) as string);
  }
}

/**
 * Runs each program in a process of its own, which the local runtime supervises: the first frame of a connection waits for a free process, closing
 * the connection ends the run, and the runtime's close code says why a process was ended.
 */
export class RemoteExecutor implements Executor {
  readonly #runtime: Fetcher;
  readonly #owner: string;
  /** Opened before it is needed, so that no program waits for it. */
  #next: Promise<WebSocket> | undefined;

  /** `runtime` is the local runtime's loopback service; `owner` is whose turn it is among those who wait. */
  constructor(runtime: Fetcher, owner: string) {
    this.#runtime = runtime;
    this.#owner = owner;
  }

  async run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal, onStart?: () => void): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: "stopped" };
    let socket: WebSocket;
    try {
      socket = await this.#connection();
    } catch (error) {
      return { kind: "broken", message: messageOf(error) };
    }
    const ended = Promise.withResolvers<SandboxOutcome>();
    const onAbort = () => ended.resolve({ kind: "stopped" });
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    socket.addEventListener("close", ({ code, reason }) => ended.resolve(outcomeOfClose(code, reason)));
    const echo = new Echo(job.limits);
    // Before RPC has its own listener, which knows no frames but its own.
    socket.addEventListener("message", (event) => {
      if (typeof event.data === "string") return;
      event.stopImmediatePropagation();
      const bytes = new Uint8Array(event.data as ArrayBuffer);
      if (bytes[0] === SANDBOX_FRAME.started) onStart?.();
      if (bytes[0] === SANDBOX_FRAME.printed) echo.print(new TextDecoder().decode(bytes.subarray(1)));
    });
    const host = newWebSocketRpcSession<SandboxHost>(socket);
    try {
      const run = host.run({ ...job, echo: echo.id }, new BridgeTarget(bridge, echo) as never).then(
        (said) => readHostOutcome(fromWire(said)),
        async (error: unknown) => {
          // The session breaks together with the socket, whose close code knows more; it arrives in the same turn.
          const closed = await Promise.race([ended.promise, scheduler.wait(50)]);
          return closed ?? { kind: "broken" as const, message: messageOf(error) };
        },
      );
      const outcome = await Promise.race([run, ended.promise]);
      if (outcome.kind !== "returned" && outcome.kind !== "threw") await echo.passOn(bridge);
      return outcome;
    } finally {
      signal.removeEventListener("abort", onAbort);
      host[Symbol.dispose]();
      closeQuietly(socket);
      this.#openNext();
    }
  }

  async #connection(): Promise<WebSocket> {
    const next = this.#next;
    this.#next = undefined;
    const socket = await next;
    return socket?.readyState === WebSocket.OPEN ? socket : this.#open();
  }

  #openNext(): void {
    this.#next ??= scheduler
      .wait(ANSWER_MS)
      .then(() => this.#open())
      .catch((error: unknown) => {
        this.#next = undefined;
        throw error;
      });
    this.#next.catch(() => undefined);
  }

  async #open(): Promise<WebSocket> {
    const headers = { upgrade: "websocket", "x-codemode-owner": this.#owner };
    const { status, webSocket } = await this.#runtime.fetch("http://runtime/sandbox", { headers });
    if (webSocket === null) throw new Error(`the local runtime answered HTTP ${status}`);
    webSocket.accept();
    return webSocket;
  }
}

function outcomeOfClose(code: number, reason: string): SandboxOutcome {
  switch (code) {
    case SANDBOX_CLOSE.cpu:
      return { kind: "killed", limit: "cpuMs" };
    case SANDBOX_CLOSE.memory:
      return { kind: "killed", limit: "memoryBytes" };
    case SANDBOX_CLOSE.busy:
      return { kind: "busy" };
    case SANDBOX_CLOSE.unavailable:
      return { kind: "broken", message: reason };
    default:
      return { kind: "ended", message: `the sandbox process ended: ${reason || `close code ${code}`}` };
  }
}

function closeQuietly(socket: WebSocket): void {
  try {
    socket.close(1000);
  } catch {
    // It is closed already.
  }
}
