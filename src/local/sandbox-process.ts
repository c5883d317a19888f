import { WebSocket } from "ws";
import type { RawData } from "ws";
import { SANDBOX_CLOSE } from "../core/close-codes.ts";
import { MAX_MESSAGE_BYTES } from "./lines.ts";
import { memoryOf } from "./process-memory.ts";
import type { SandboxLog } from "./sandbox-log.ts";
import { SECRET_HEADER } from "./secret.ts";
import type { Workerd } from "./workerd.ts";

export interface SandboxProcessLimits {
  /** How long the process may give no sign of life: what a program computes in one stretch. */
  readonly cpuMs: number;
  /** How far its memory may grow beyond what it took when it was idle. */
  readonly memoryBytes: number;
}

/** Where a process is reached, and what it asks for. */
export interface SandboxDoorway {
  readonly url: string;
  readonly secret: string;
}

type Death = keyof typeof SANDBOX_CLOSE;

/** How often a process with a run is looked at: a stuck one has to be noticed within 250 ms, a swelling one before the machine suffers. */
const LOOK_MS = 50;
/** How long a process may take, after a run, to show that the run has left it free. */
const SETTLE_MS = 200;
/** How long a new process may take to answer: its first answer comes after a run of its own that warms it up. */
const ADOPT_MS = 20_000;
/** What the Worker has not yet taken of what a process sends: above it the process is not read, so that a flood fills its own memory, not ours. */
const HIGH_WATER_BYTES = 4_194_304;

/**
 * One supervised workerd process that runs one program at a time. It is used again only if it answers at once after a run; a stuck, dead or
 * swollen one is killed, and whoever waits for its run learns why.
 */
export class SandboxProcess {
  readonly #workerd: Workerd;
  readonly #log: SandboxLog;
  readonly #door: SandboxDoorway;
  readonly #limits: SandboxProcessLimits;
  readonly #idleMemory: number;
  /** Opened before it is needed, so that no program waits for it. */
  #next: WebSocket;
  #death: Death | undefined;
  #settling = false;

  private constructor(
    workerd: Workerd,
    log: SandboxLog,
    door: SandboxDoorway,
    limits: SandboxProcessLimits,
    next: WebSocket,
    idleMemory: number,
  ) {
    this.#workerd = workerd;
    this.#log = log;
    this.#door = door;
    this.#limits = limits;
    this.#next = next;
    this.#idleMemory = idleMemory;
  }

  /** Takes over a process that listens. Rejects, with the process killed, if it does not answer. */
  static async adopt(workerd: Workerd, log: SandboxLog, door: SandboxDoorway, limits: SandboxProcessLimits): Promise<SandboxProcess> {
    try {
      const next = await connect(door, ADOPT_MS);
      return new SandboxProcess(workerd, log, door, limits, next, await memoryOf(workerd.pid));
    } catch (error) {
      await workerd.kill();
      throw error;
    }
  }

  /** Whether its run is over and it will be free in a moment, unless the run has left it stuck. */
  get settling(): boolean {
    return this.#settling;
  }

  get pid(): number {
    return this.#workerd.pid;
  }

  /** How it ended, whoever ended it. */
  get ended(): Promise<string> {
    return this.#workerd.ended;
  }

  kill(): Promise<void> {
    return this.#workerd.kill();
  }

  /**
   * Lends the process to one run: joins its connection with the Worker's until either closes. Resolves with whether the process can be
   * used again; otherwise it has been killed. Never rejects.
   */
  async lend(webSocket: WebSocket): Promise<boolean> {
    const unwatch = this.#watch(this.#next);
    this.#log.printTo((text) => {
      if (webSocket.bufferedAmount < HIGH_WATER_BYTES) webSocket.send(Buffer.from(text), () => {});
    });
    const how = await join(webSocket, this.#next);
    unwatch();
    if (how === "released" && (await this.#settle())) return true;
    await this.kill();
    const detail = await this.ended;
    const death = this.#death ?? (this.#log.outOfMemory ? "memory" : "crashed");
    webSocket.close(SANDBOX_CLOSE[death], detail);
    return false;
  }

  /** Answers to pings come from the process's event loop: none comes while a program computes. Returns what ends the watch. */
  #watch(socket: WebSocket): () => void {
    let over = false;
    let answeredAt = performance.now();
    socket.on("pong", () => {
      answeredAt = performance.now();
    });
    const timer = setInterval(() => {
      socket.ping(undefined, undefined, () => {});
      // What it answers lies behind what we do not read for the moment.
      if (socket.isPaused) answeredAt = performance.now();
      if (performance.now() - answeredAt > this.#limits.cpuMs) this.#execute("cpu");
      void this.#growth().then((bytes) => {
        // The heap may take memoryBytes, and what lies outside of it (buffers) as much again. An answer that comes after the run says
        // nothing about the next one.
        if (!over && bytes > 2 * this.#limits.memoryBytes) this.#execute("memory");
      });
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
      this.#next = await connect(this.#door, SETTLE_MS);
      return (await this.#growth()) < this.#limits.memoryBytes / 4;
    } catch {
      return false;
    } finally {
      this.#settling = false;
    }
  }

  async #growth(): Promise<number> {
    return (await memoryOf(this.pid)) - this.#idleMemory;
  }
}

function connect({ url, secret }: SandboxDoorway, timeoutMs: number): Promise<WebSocket> {
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

/** Passes frames on in both directions. "released": the Worker has closed its side. "lost": the process is gone, and its connection with it. */
function join(webSocket: WebSocket, socket: WebSocket): Promise<"released" | "lost"> {
  return new Promise((resolve) => {
    webSocket.on("error", () => {});
    webSocket.on("message", (data: RawData, binary: boolean) => socket.send(data, { binary }, () => {}));
    socket.on("message", (data: RawData, binary: boolean) => {
      webSocket.send(data, { binary }, () => socket.resume());
      if (webSocket.bufferedAmount > HIGH_WATER_BYTES) socket.pause();
    });
    webSocket.once("close", () => {
      resolve("released");
      socket.close();
    });
    socket.once("close", () => resolve("lost"));
    if (socket.readyState !== WebSocket.OPEN) resolve("lost");
  });
}
