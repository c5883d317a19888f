import { WebSocket } from "ws";
import { MAX_MESSAGE_BYTES } from "./lines.ts";
import { usageOf } from "./process-usage.ts";
import type { ProcessUsage } from "./process-usage.ts";
import type { RunConnection } from "./run-connection.ts";
import type { SandboxLog } from "./sandbox-log.ts";
import { SECRET_HEADER } from "./secret.ts";
import type { Workerd } from "./workerd.ts";

interface SandboxProcessLimits {
  /** How long the process may compute without a sign of life: what a program computes in one stretch. */
  readonly cpuMs: number;
  /** How far its memory may grow beyond what it took when it was idle. */
  readonly memoryBytes: number;
}

export interface SandboxProcessOptions {
  /** It listens at `url`, and asks for `secret`. */
  readonly workerd: Workerd;
  readonly url: string;
  readonly secret: string;
  /** What it prints. */
  readonly log: SandboxLog;
  readonly limits: SandboxProcessLimits;
}

type Death = "cpu" | "memory" | "crashed";

/** How often a process with a run is looked at: a stuck one has to be noticed within 250 ms, a swelling one before the machine suffers. */
const LOOK_MS = 50;
/** The answer to the caller goes first; there are few cores, and the next program has another process meanwhile. */
const ANSWER_MS = 3;
/** How long a process may take, after a run, to show that the run has left it free. */
const SETTLE_MS = 200;
/** How long a new process may take to answer: its first answer comes after a run of its own that warms it up. */
const ADOPT_MS = 20_000;

/**
 * One supervised workerd process that runs one program at a time. It is used again only if it answers at once after a run; a stuck, dead or
 * swollen one is killed, and whoever waits for its run learns why.
 */
export class SandboxProcess {
  readonly #options: SandboxProcessOptions;
  readonly #usage: ProcessUsage;
  readonly #idleMemory: number;
  /** Opened before it is needed, so that no program waits for it. */
  #next: WebSocket;
  #death: Death | undefined;
  #settling = false;

  private constructor(options: SandboxProcessOptions, next: WebSocket, usage: ProcessUsage, idleMemory: number) {
    this.#options = options;
    this.#next = next;
    this.#usage = usage;
    this.#idleMemory = idleMemory;
    void this.ended.then(() => usage.close());
  }

  /** Takes over a process that listens. Rejects, with the process killed, if it does not answer. */
  static async adopt(options: SandboxProcessOptions): Promise<SandboxProcess> {
    try {
      const next = await connect(options, ADOPT_MS);
      const usage = await usageOf(options.workerd.pid);
      return new SandboxProcess(options, next, usage, await usage.memoryBytes());
    } catch (error) {
      await options.workerd.kill();
      throw error;
    }
  }

  /** Whether its run is over and it will be free in a moment, unless the run has left it stuck. */
  get settling(): boolean {
    return this.#settling;
  }

  /** How it ended, whoever ended it. */
  get ended(): Promise<string> {
    return this.#options.workerd.ended;
  }

  kill(): Promise<void> {
    return this.#options.workerd.kill();
  }

  /**
   * Lends the process to one run, until either side closes. Resolves with whether the process can be used again; otherwise it has been killed.
   * Never rejects.
   */
  async lend(run: RunConnection): Promise<boolean> {
    const { log } = this.#options;
    const unwatch = this.#watch(this.#next);
    log.printTo((text) => run.print(text));
    const how = await run.join(this.#next);
    unwatch();
    if (how === "released") log.printTo(undefined);
    if (how === "released" && (await this.#settle())) return true;
    await this.kill();
    const detail = await this.ended;
    run.close(this.#death ?? (log.outOfMemory ? "memory" : "crashed"), detail);
    return false;
  }

  /**
   * Answers to pings come from the process's event loop: none comes while a program computes. On a busy machine none may come for want of a
   * processor, so that what the process has used of one counts, too. Returns what ends the watch.
   */
  #watch(socket: WebSocket): () => void {
    const { cpuMs, memoryBytes } = this.#options.limits;
    let over = false;
    let hasAnswered = true;
    let answeredAt = performance.now();
    let usedThen = 0;
    const answered = () => {
      hasAnswered = true;
      answeredAt = performance.now();
    };
    socket.on("pong", answered);
    const look = async () => {
      const [bytes, used] = await Promise.all([this.#growth(), this.#usage.cpuMs()]);
      // What is seen after the run says nothing about the next one.
      if (over) return;
      if (hasAnswered) usedThen = used;
      hasAnswered = false;
      // A look comes up to LOOK_MS after the answer that it is the first to see.
      if (performance.now() - answeredAt > cpuMs && used - usedThen > cpuMs - LOOK_MS) this.#execute("cpu");
      // The heap may take memoryBytes, and what lies outside of it (buffers) as much again.
      if (bytes > 2 * memoryBytes) this.#execute("memory");
    };
    const timer = setInterval(() => {
      socket.ping(undefined, undefined, () => {});
      // What it answers lies behind what we do not read for the moment.
      if (socket.isPaused) answered();
      void look();
    }, LOOK_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }

  #execute(death: Death): void {
    this.#death ??= death;
    void this.kill();
  }

  /**
   * A connection is answered by the process's event loop, so a new one shows that it is free. Memory that it has not given back would count
   * against the next run; collected or not, a few hundred runs leave as much.
   */
  async #settle(): Promise<boolean> {
    this.#settling = true;
    try {
      await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
      this.#next = await connect(this.#options, SETTLE_MS);
      return (await this.#growth()) < this.#options.limits.memoryBytes / 4;
    } catch {
      return false;
    } finally {
      this.#settling = false;
    }
  }

  async #growth(): Promise<number> {
    return (await this.#usage.memoryBytes()) - this.#idleMemory;
  }
}

function connect({ url, secret }: SandboxProcessOptions, timeoutMs: number): Promise<WebSocket> {
  const socket = new WebSocket(url, {
    headers: { [SECRET_HEADER]: secret },
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handshakeTimeout: timeoutMs,
  });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.on("error", reject);
    socket.once("close", () => reject(new Error("the process has closed the connection")));
  });
}
