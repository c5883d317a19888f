import { RpcTarget } from "cloudflare:workers";
import type { SandboxBridge, SandboxOutcome } from "./executor.ts";

/** Messages from a sandbox between two turns of the event loop. */
const MESSAGES_PER_TURN = 32;

/**
 * The one object that crosses into a sandbox. RPC exposes exactly the methods of this class, so nothing else of the bridge is in reach.
 * Whoever makes one must call `stop`: an RPC call that never settles pins the sandbox's isolate for ever.
 */
export class SandboxDoor extends RpcTarget implements SandboxBridge {
  readonly #bridge: SandboxBridge;
  readonly #stop = Promise.withResolvers<void>();
  #open = true;
  #messages = 0;

  constructor(bridge: SandboxBridge) {
    super();
    this.#bridge = bridge;
  }

  /** A call that stays pending would outlive the run. */
  begin(): Promise<void> {
    return Promise.race([this.#bridge.begin(), this.#stop.promise]);
  }

  async request(text: string): Promise<string> {
    if (!this.#open) throw new Error("The execution has ended.");
    const answer = await this.#bridge.request(text);
    await this.#takeTurns();
    return answer;
  }

  async log(level: string, text: string): Promise<void> {
    if (this.#open) await this.#bridge.log(level, text);
    await this.#takeTurns();
  }

  async emit(head: string, body: string): Promise<void> {
    if (this.#open) await this.#bridge.emit(head, body);
    await this.#takeTurns();
  }

  /** Resolves when the host gives up on the run. */
  stopped(): Promise<void> {
    return this.#stop.promise;
  }

  /** Messages within one process need no I/O, so a program that sends them in a loop would keep every timer from firing: the deadline's, too. */
  async #takeTurns(): Promise<void> {
    this.#messages += 1;
    if (this.#messages % MESSAGES_PER_TURN === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /** Closes the door: no further call passes, and `stopped()` resolves. Static, so that RPC does not expose it. */
  static close(door: SandboxDoor): void {
    door.#open = false;
    door.#stop.resolve();
  }
}

/** Runs `run` with a door that is closed when it has ended, and at once when `signal` fires: then the outcome is "stopped". */
export async function throughDoor(
  bridge: SandboxBridge,
  signal: AbortSignal,
  run: (door: SandboxDoor) => Promise<SandboxOutcome>,
): Promise<SandboxOutcome> {
  const door = new SandboxDoor(bridge);
  const aborted = Promise.withResolvers<SandboxOutcome>();
  const onAbort = () => {
    SandboxDoor.close(door);
    aborted.resolve({ kind: "stopped" });
  };
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([run(door), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    SandboxDoor.close(door);
  }
}
