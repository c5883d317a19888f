/** Gives back what was granted. Calling it again does nothing. */
export type Release = () => void;

interface Waiting {
  readonly grant: (release: Release) => void;
}

/**
 * A number of places for which several owners queue: each owner in the order of arrival, the owners in turn, so that one with a thousand
 * requests delays another by one at the most.
 */
export class FairQueue {
  readonly #places: number;
  readonly #maxWaiting: number;
  /** In the order in which the owners take turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  #taken = 0;
  #waitingCount = 0;

  constructor(places: number, maxWaiting: number) {
    this.#places = places;
    this.#maxWaiting = maxWaiting;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#waitingCount;
  }

  /**
   * A place, as soon as there is one for this owner. Resolves with `"busy"` if as many wait as may wait. When `signal` fires while it waits,
   * it leaves the queue and resolves with `"gone"`.
   */
  take(owner: string, signal: AbortSignal): Promise<Release | "busy" | "gone"> {
    if (signal.aborted) return Promise.resolve("gone");
    if (this.#taken < this.#places) {
      this.#taken += 1;
      return Promise.resolve(this.#releaseOnce());
    }
    if (this.#waitingCount >= this.#maxWaiting) return Promise.resolve("busy");
    return new Promise((resolve) => {
      const onAbort = () => {
        this.#remove(owner, waiting);
        resolve("gone");
      };
      const waiting: Waiting = {
        grant: (release) => {
          signal.removeEventListener("abort", onAbort);
          resolve(release);
        },
      };
      signal.addEventListener("abort", onAbort);
      this.#waiting.set(owner, [...(this.#waiting.get(owner) ?? []), waiting]);
      this.#waitingCount += 1;
    });
  }

  #releaseOnce(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#next();
      // The place passes from hand to hand, so that nobody who has just come can take it in between.
      if (next === undefined) this.#taken -= 1;
      else next.grant(this.#releaseOnce());
    };
  }

  #next(): Waiting | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const [owner, [waiting, ...rest]] = first;
    this.#waiting.delete(owner);
    if (rest.length > 0) this.#waiting.set(owner, rest);
    this.#waitingCount -= 1;
    return waiting;
  }

  #remove(owner: string, waiting: Waiting): void {
    const rest = (this.#waiting.get(owner) ?? []).filter((other) => other !== waiting);
    if (rest.length > 0) this.#waiting.set(owner, rest);
    else this.#waiting.delete(owner);
    this.#waitingCount -= 1;
  }
}
