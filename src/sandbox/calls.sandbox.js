// The calls of one run and the waiting for them, without anything that a program may have replaced.
const NewPromise = Promise;
const setTimer = setTimeout;

/** The calls in the order in which they were made, so many at once; thousands at a time would be slower in all. */
export class Calls {
  open = 0;
  #atOnce;
  #running = 0;
  #firstWaiting;
  #lastWaiting;

  constructor(atOnce) {
    this.#atOnce = atOnce;
  }

  async run(start) {
    this.open += 1;
    if (this.#running >= this.#atOnce) await new NewPromise((wake) => this.#wait({ wake, next: undefined }));
    else this.#running += 1;
    try {
      return await start();
    } finally {
      this.open -= 1;
      this.#release();
    }
  }

  #wait(entry) {
    if (this.#firstWaiting === undefined) this.#firstWaiting = entry;
    else this.#lastWaiting.next = entry;
    this.#lastWaiting = entry;
  }

  /** Hands the place on, or gives it back. */
  #release() {
    const entry = this.#firstWaiting;
    if (entry === undefined) {
      this.#running -= 1;
      return;
    }
    this.#firstWaiting = entry.next;
    entry.wake();
  }
}

/**
 * Waits for calls that the program forgot to await, and for those that they lead to: otherwise a missing `await` half-does the work.
 * Never fails: a program that has used up the isolate's timers is not waited for.
 */
export async function drain(calls, drainMs) {
  try {
    // A turn of the event loop in any case: it is what reports a rejection that nobody handles.
    await turn();
    const deadline = { passed: false };
    if (calls.open > 0) setTimer(() => (deadline.passed = true), drainMs);
    while (calls.open > 0 && !deadline.passed) await turn();
  } catch {
    // How the program ended says more than that there was no timer left.
  }
}

/** As `Promise.race` does: `await` looks up nothing on a promise of the platform's own. */
export function first(a, b) {
  return new NewPromise((resolve, reject) => {
    void settle(a, resolve, reject);
    void settle(b, resolve, reject);
  });
}

async function settle(promise, resolve, reject) {
  try {
    resolve(await promise);
  } catch (error) {
    reject(error);
  }
}

function turn() {
  return new NewPromise((resolve) => setTimer(resolve, 0));
}
