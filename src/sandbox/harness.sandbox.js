// The fixed half of every sandbox: gives the program its globals, runs it once, and tells the host how it ended.
// It shares an isolate with the program, so the host trusts nothing here: the ledger, the deadline, the limits and the validity of
// arguments are the host's business. What is taken from the platform is taken before the program's module is evaluated.
import { WorkerEntrypoint } from "cloudflare:workers";
import { installApi } from "./api.sandbox.js";
import { watchCallbacks } from "./callbacks.sandbox.js";
import { Calls, drain, first } from "./calls.sandbox.js";
import { Outbox } from "./blocks.sandbox.js";
import { makeConsole } from "./console.sandbox.js";
import { makeEmit } from "./emit.sandbox.js";
import { resultOf } from "./result.sandbox.js";
import { showThrown } from "./show.sandbox.js";

const NewPromise = Promise;
const NewMap = Map;
/** Beside it stands what the program returned. */
const MAX_UNAWAITED_CHARS = 2_000;

export default class Harness extends WorkerEntrypoint {
  /**
   * Runs the program once: { kind: "returned", result } or { kind: "threw", error }, and how many console lines and emitted
   * blocks were not sent.
   * `bridge.stopped()` resolves when the host gives up; returning then is what ends the isolate's timers.
   */
  async run(setup, bridge) {
    try {
      // Taken now: a stub finds what a program has put on Object.prototype first, and would be its `this`.
      const { begin, request, log, emit, stopped } = bridge;
      return await runOnce(setup, { begin, request, log, emit, stopped });
    } catch {
      const message = "The run cannot be finished: the program has replaced built-in functions that the sandbox needs for it.";
      return plainOutcome({ kind: "threw", error: { name: "Error", message, stack: "", causes: [] }, droppedLines: 0, droppedBlocks: 0 });
    }
  }
}

async function runOnce({ namespaces, limits, echo }, bridge) {
  const calls = new Calls(limits.callsInFlight, limits.inFlightBytes);
  const { console, flushed, dropped } = makeConsole(bridge, limits, echo);
  const outbox = new Outbox(limits);
  const emitting = makeEmit(bridge, outbox);
  const unhandled = new NewMap();
  addEventListener("unhandledrejection", ({ promise, reason }) => void unhandled.set(promise, reason));
  // Started together, awaited one after the other: the second may fail before its turn.
  addEventListener("rejectionhandled", ({ promise }) => void unhandled.delete(promise));
  watchCallbacks((error) => console.error(`Uncaught error: ${inBrief(error)}`));
  let over = false;
  const stopped = bridge.stopped().finally(() => {
    over = true;
  });
  // Once the run is over a call stays pending: failing at once would turn `for (;;) try { await call() } catch {}` into a loop that
  // never gives the thread back.
  const send = (request) => {
    if (over) return new NewPromise(() => {});
    // The host refuses it by its size; RPC would refuse the whole of it by its own.
    const sent = request.length > limits.argumentBytes ? request.slice(0, limits.argumentBytes + 1) : request;
    return calls.run(sent, () => bridge.request(sent));
  };
  installApi(namespaces, console, emitting.emit, send);
  await first(bridge.begin(), stopped);
  const ended = await first(over ? stopped : runProgram(limits, outbox), stopped);
  await first(drain(calls, limits.drainMs), stopped);
  const unawaited = tellUnhandled(unhandled, ended.kind === "returned", console);
  await first(flushed(), stopped);
  await first(emitting.flushed(), stopped);
  over = true;
  return { ...ended, unawaited, droppedLines: dropped(), droppedBlocks: emitting.dropped() };
}

/** The first failure that nobody awaited, if it is to be the outcome; all others go to the console. */
function tellUnhandled(unhandled, asOutcome, console) {
  let outcome;
  unhandled.forEach((reason) => {
    if (asOutcome && outcome === undefined) outcome = showThrown(reason, MAX_UNAWAITED_CHARS);
    else console.error(`Unhandled rejection: ${inBrief(reason)}`);
  });
  return outcome;
}

async function runProgram(limits, outbox) {
  try {
    const { default: exported } = await import("./program.js");
    const value = await (typeof exported === "function" ? exported() : exported);
    return plainOutcome({ kind: "returned", result: resultOf(value, limits, outbox) });
  } catch (thrown) {
    return plainOutcome({ kind: "threw", error: showThrown(thrown, limits.resultChars) });
  }
}

function inBrief(thrown) {
  const { name, message } = showThrown(thrown, 1_000);
  return `${name}: ${message}`;
}

/** With a `then` of its own: one that the program has put on Object.prototype would otherwise be asked for the outcome. */
function plainOutcome(outcome) {
  // oxlint-disable-next-line unicorn/no-thenable
  return { then: undefined, ...outcome };
}
