// The calls of one run and the waiting for them, without anything that a program may have replaced.
const NewPromise = Promise;
const setTimer = setTimeout;

const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

/** The calls in the order in which they were made, so many and so much at once; thousands at a time would be slower in all. */
export class Calls {
  open = 0;
  #atOnce;
  #maxBytes;
  #running = 0;
  #bytes = 0;
  #firstWaiting;
  #lastWaiting;

  constructor(atOnce, maxBytes) {
    this.#atOnce = atOnce;
    this.#maxBytes = maxBytes;
  }

  async run(request, start) {
    this.open += 1;
    const bytes = encode(request).length;
    if (this.#firstWaiting === undefined && this.#hasRoom(bytes)) this.#enter(bytes);
    else await new NewPromise((wake) => this.#wait({ wake, bytes, next: undefined }));
    try {
      return await start();
    } finally {
      this.open -= 1;
      this.#leave(bytes);
    }
  }

  /** A call that is too much by itself goes alone: the host says so. */
  #hasRoom(bytes) {
    return this.#running === 0 || (this.#running < this.#atOnce && this.#bytes + bytes <= this.#maxBytes);
  }

  #enter(bytes) {
    this.#running += 1;
    this.#bytes += bytes;
  }

  #wait(entry) {
    if (this.#firstWaiting === undefined) this.#firstWaiting = entry;
    else this.#lastWaiting.next = entry;
    this.#lastWaiting = entry;
  }

  #leave(bytes) {
    this.#running -= 1;
    this.#bytes -= bytes;
    for (let entry = this.#firstWaiting; entry !== undefined && this.#hasRoom(entry.bytes); entry = this.#firstWaiting) {
      this.#firstWaiting = entry.next;
      this.#enter(entry.bytes);
      entry.wake();
    }
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
