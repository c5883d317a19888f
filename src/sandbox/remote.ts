import { newWebSocketRpcSession, RpcTarget } from "capnweb";
import { SANDBOX_CLOSE } from "../core/close-codes.ts";
import { messageOf } from "../core/errors.ts";
import { Echo } from "./echo.ts";
import type { Executor, SandboxBridge, SandboxJob, SandboxOutcome } from "./executor.ts";
import type { SandboxHost } from "./host.worker.ts";
import { readHostOutcome } from "./outcome.ts";

/** The bridge as the other process may call it, and nothing else of it. */
class BridgeTarget extends RpcTarget implements SandboxBridge {
  readonly #bridge: SandboxBridge;
  readonly #echo: Echo;

  constructor(bridge: SandboxBridge, echo: Echo) {
    super();
    this.#bridge = bridge;
    this.#echo = echo;
  }

  request(text: string): Promise<string> {
    return this.#bridge.request(text);
  }

  log(level: string, text: string): Promise<void> {
    this.#echo.arrived();
    return this.#bridge.log(level, text);
  }

  emit(head: string, body: string): Promise<void> {
    return this.#bridge.emit(head, body);
  }
}

/**
 * Runs each program in a process of its own, which the local runtime supervises: opening the connection waits for a free process, closing
 * it ends the run, and the runtime's close code says why a process was ended. Text frames are RPC, binary ones what the process prints.
 */
export class RemoteExecutor implements Executor {
  readonly #runtime: Fetcher;
  readonly #owner: string;

  /** `runtime` is the local runtime's loopback service; `owner` is whose turn it is among those who wait. */
  constructor(runtime: Fetcher, owner: string) {
    this.#runtime = runtime;
    this.#owner = owner;
  }

  async run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal, onStart?: () => void): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: "stopped" };
    let socket: WebSocket;
    try {
      const opened = await this.#open(signal);
      if (!(opened instanceof WebSocket)) return opened;
      socket = opened;
    } catch (error) {
      return signal.aborted ? { kind: "stopped" } : { kind: "broken", message: messageOf(error) };
    }
    if (signal.aborted) {
      closeQuietly(socket);
      return { kind: "stopped" };
    }
    onStart?.();
    const ended = Promise.withResolvers<SandboxOutcome>();
    const onAbort = () => ended.resolve({ kind: "stopped" });
    signal.addEventListener("abort", onAbort);
    socket.addEventListener("close", ({ code, reason }) => ended.resolve(outcomeOfClose(code, reason)));
    const echo = new Echo(job.limits);
    // Before RPC has its own listener, which knows no frames but its own.
    socket.addEventListener("message", (event) => {
      if (typeof event.data === "string") return;
      event.stopImmediatePropagation();
      echo.print(new TextDecoder().decode(event.data as ArrayBuffer));
    });
    const host = newWebSocketRpcSession<SandboxHost>(socket);
    try {
      const run = host
        .run({ ...job, echo: echo.id }, new BridgeTarget(bridge, echo) as never)
        .then(readHostOutcome, async (error: unknown) => {
          // The session breaks together with the socket, whose close code knows more; it arrives in the same turn.
          const closed = await Promise.race([ended.promise, scheduler.wait(50)]);
          return closed ?? { kind: "broken" as const, message: messageOf(error) };
        });
      const outcome = await Promise.race([run, ended.promise]);
      if (outcome.kind !== "returned" && outcome.kind !== "threw") await echo.passOn(bridge);
      return outcome;
    } finally {
      signal.removeEventListener("abort", onAbort);
      host[Symbol.dispose]();
      closeQuietly(socket);
    }
  }

  async #open(signal: AbortSignal): Promise<WebSocket | SandboxOutcome> {
    const headers = { upgrade: "websocket", "x-codemode-owner": this.#owner };
    const response = await this.#runtime.fetch("http://runtime/sandbox", { headers, signal });
    if (response.status === 503) return { kind: "busy" };
    const { webSocket } = response;
    if (webSocket === null) return { kind: "broken", message: `the local runtime answered HTTP ${response.status}` };
    webSocket.accept();
    return webSocket;
  }
}

function outcomeOfClose(code: number, reason: string): SandboxOutcome {
  if (code === SANDBOX_CLOSE.cpu) return { kind: "killed", limit: "cpuMs" };
  if (code === SANDBOX_CLOSE.memory) return { kind: "killed", limit: "memoryBytes" };
  return { kind: "ended", message: `the sandbox process ended: ${reason || `close code ${code}`}` };
}

function closeQuietly(socket: WebSocket): void {
  try {
    socket.close(1000);
  } catch {
    // It is closed already.
  }
}
