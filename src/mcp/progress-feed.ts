import type { Limits } from "../core/limits.ts";
import type { ProgressUpdate } from "../core/relay.ts";

/** One notification: `progress` is greater than in the one before, as MCP demands. */
export interface ProgressPoint extends ProgressUpdate {
  readonly progress: number;
}

export type ProgressLimits = Pick<Limits, "progressPerSecond" | "heartbeatMs">;

/** How much a heartbeat adds: nothing has happened, and what happens next shall count as a whole one. A double adds it up exactly. */
const HEARTBEAT_STEP = 2 ** -10;

/**
 * Tells one request how far its errand has come: at once, but so many times a second at the most, then the latest alone; and after
 * `heartbeatMs` of silence that it still runs, for clients that give up on a silent server.
 */
export class ProgressFeed {
  readonly #send: (point: ProgressPoint) => void;
  readonly #limits: ProgressLimits;
  readonly #startedAt = Date.now();
  #last: number | undefined;
  #waiting: ProgressPoint | undefined;
  #sentInSecond = 0;
  #second: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (point: ProgressPoint) => void, limits: ProgressLimits) {
    this.#send = send;
    this.#limits = limits;
    this.#rest();
  }

  /** What does not increase is left out. */
  update({ progress = Math.floor(this.#last ?? 0) + 1, ...update }: ProgressUpdate): void {
    if (this.#last !== undefined && progress <= this.#last) return;
    this.#last = progress;
    this.#waiting = { ...update, progress };
    this.#flush();
  }

  end(): void {
    clearTimeout(this.#second);
    clearTimeout(this.#heartbeat);
    this.#waiting = undefined;
  }

  #flush(): void {
    if (this.#waiting === undefined || this.#sentInSecond >= this.#limits.progressPerSecond) return;
    this.#send(this.#waiting);
    this.#waiting = undefined;
    this.#sentInSecond += 1;
    this.#second ??= setTimeout(() => {
      this.#second = undefined;
      this.#sentInSecond = 0;
      this.#flush();
    }, 1_000);
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(() => {
      const seconds = Math.round((Date.now() - this.#startedAt) / 1_000);
      this.update({ progress: (this.#last ?? 0) + HEARTBEAT_STEP, message: `still running after ${seconds} s` });
    }, this.#limits.heartbeatMs);
  }
}
