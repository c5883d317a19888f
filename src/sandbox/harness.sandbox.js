// The fixed half of every sandbox: gives the program its globals, runs it once, and tells the host how it ended.
// It shares an isolate with the program, so the host trusts nothing here: the ledger, the deadline, the limits and the validity of
// arguments are the host's business. What is taken from the platform is taken before the program's module is evaluated.
import { WorkerEntrypoint } from "cloudflare:workers";
import { installApi } from "./api.sandbox.js";
import { makeConsole } from "./console.sandbox.js";
import { clip, show, showThrown } from "./show.sandbox.js";

const NewPromise = Promise;
const NewMap = Map;
const setTimer = setTimeout;

/** Calls under way at once; the others wait here. Thousands at a time are slower in all, and no upstream expects them. */
const MAX_CALLS_AT_ONCE = 64;

export default class Harness extends WorkerEntrypoint {
  /**
   * Runs the program once: { kind: "returned", text } or { kind: "threw", error }, and how many console lines were not sent.
   * `bridge.stopped()` resolves when the host gives up; returning then is what ends the isolate's timers.
   */
  async run({ namespaces, limits }, bridge) {
    const calls = new Calls();
    const { console, flushed, dropped } = makeConsole(bridge, limits);
    const unhandled = new NewMap();
    addEventListener("unhandledrejection", ({ promise, reason }) => unhandled.set(promise, reason));
    // Started together, awaited one after the other: the second may fail before its turn.
    addEventListener("rejectionhandled", ({ promise }) => unhandled.delete(promise));
    let over = false;
    const stopped = bridge.stopped().finally(() => {
      over = true;
    });
    // Once the run is over a call stays pending: failing at once would turn `for (;;) try { await call() } catch {}` into a loop that
    // never gives the thread back.
    installApi(namespaces, console, (request) => (over ? new NewPromise(() => {}) : calls.run(() => bridge.request(request))));
    const ended = await first(runProgram(limits), stopped);
    await first(drain(calls, limits.drainMs), stopped);
    unhandled.forEach((reason) => {
      const { name, message } = showThrown(reason, 1_000);
      console.error(`Unhandled rejection: ${name}: ${message}`);
    });
    await first(flushed(), stopped);
    over = true;
    return { ...ended, droppedLines: dropped() };
  }
}

async function runProgram(limits) {
  try {
    const { default: exported } = await import("./program.js");
    const value = await (typeof exported === "function" ? exported() : exported);
    return { kind: "returned", text: clip(show(value), limits.resultChars) };
  } catch (thrown) {
    return { kind: "threw", error: showThrown(thrown, limits.resultChars) };
  }
}

/** As `Promise.race` does, without what a program may have replaced: `await` looks up nothing on a promise of the platform's own. */
function first(a, b) {
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

/** The calls of one run, in the order in which they were made. */
class Calls {
  open = 0;
  #running = 0;
  #firstWaiting;
  #lastWaiting;

  async run(start) {
    this.open += 1;
    if (this.#running >= MAX_CALLS_AT_ONCE) await new NewPromise((wake) => this.#wait({ wake, next: undefined }));
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

/** Waits for calls that the program forgot to await, and for those that they lead to: otherwise a missing `await` half-does the work. */
async function drain(calls, drainMs) {
  // A turn of the event loop in any case: it is what reports a rejection that nobody handles.
  await turn();
  const deadline = { passed: false };
  if (calls.open > 0) setTimer(() => (deadline.passed = true), drainMs);
  while (calls.open > 0 && !deadline.passed) await turn();
}

function turn() {
  return new NewPromise((resolve) => setTimer(resolve, 0));
}
