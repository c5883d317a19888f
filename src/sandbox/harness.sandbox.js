// The fixed half of every sandbox: gives the program its globals, runs it once, and tells the host how it ended.
// It shares an isolate with the program, so the host trusts nothing here: the ledger, the deadline, the limits and the validity of
// arguments are the host's business. What is taken from the platform is taken before the program's module is evaluated.
import { WorkerEntrypoint } from "cloudflare:workers";
import { installApi } from "./api.sandbox.js";
import { makeConsole } from "./console.sandbox.js";
import { clip, show, showThrown } from "./show.sandbox.js";

const race = Promise.race.bind(Promise);
const allSettled = Promise.allSettled.bind(Promise);
const setTimer = setTimeout;
const clearTimer = clearTimeout;

export default class Harness extends WorkerEntrypoint {
  /**
   * Runs the program once: { kind: "returned", text } or { kind: "threw", error }, and how many console lines were not sent.
   * `bridge.stopped()` resolves when the host gives up; returning then is what ends the isolate's timers.
   */
  async run({ namespaces, limits }, bridge) {
    const calls = new Set();
    const { console, flushed, dropped } = makeConsole(bridge, limits);
    let over = false;
    const stopped = bridge.stopped().finally(() => {
      over = true;
    });
    // Once the run is over a call stays pending: failing at once would turn `for (;;) try { await call() } catch {}` into a loop that
    // never gives the thread back.
    installApi(namespaces, console, (request) => (over ? new Promise(() => {}) : track(calls, bridge.request(request))));
    const ended = await race([runProgram(limits), stopped]);
    await race([drain(calls, limits.drainMs), stopped]);
    await race([flushed(), stopped]);
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

function track(calls, call) {
  calls.add(call);
  const forget = () => calls.delete(call);
  call.then(forget, forget);
  return call;
}

/** Waits for calls that the program forgot to await, and for those that they lead to: otherwise a missing `await` half-does the work. */
async function drain(calls, drainMs) {
  if (calls.size === 0) return;
  let timer;
  const deadline = new Promise((resolve) => {
    timer = setTimer(() => resolve("late"), drainMs);
  });
  while (calls.size > 0) {
    if ((await race([allSettled([...calls]), deadline])) === "late") return;
    // One turn of the event loop, so that what hangs on these calls can begin the next.
    await new Promise((resolve) => setTimer(resolve, 0));
  }
  clearTimer(timer);
}
