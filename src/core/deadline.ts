/**
 * The wall time of one execution, kept on the host, where no program can reach it. It stands still while the execution waits for a person;
 * several may be waited for at once, so that it goes on when each `pause()` has had its `resume()`.
 */
export class Deadline {
  readonly #passed = new AbortController();
  #leftMs: number;
  #pauses = 0;
  #running = false;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#leftMs = ms;
  }

  /** Fires when the time is over. */
  get passed(): AbortSignal {
    return this.#passed.signal;
  }

  /** The time begins to count, or will once nothing pauses it. */
  start(): void {
    this.#running = true;
    this.#go();
  }

  pause(): void {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#halt();
  }

  resume(): void {
    this.#pauses -= 1;
    this.#go();
  }

  /** The execution is over: it never fires any more. */
  end(): void {
    this.#halt();
    this.#running = false;
  }

  #go(): void {
    if (!this.#running || this.#pauses > 0) return;
    this.#since = Date.now();
    this.#timer = setTimeout(() => this.#passed.abort(), this.#leftMs);
  }

  #halt(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs = Math.max(0, this.#leftMs - (Date.now() - this.#since));
  }
}
