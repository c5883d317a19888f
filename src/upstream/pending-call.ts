import { Deadline } from "../core/deadline.ts";
import { CodemodeError } from "../core/errors.ts";
import type { CallContext, Relay } from "../core/relay.ts";

/** One call under way at an upstream: why it may have to end before its answer, and when its time stands still. */
export class PendingCall {
  readonly relay: Relay;
  readonly #context: CallContext;
  readonly #deadline: Deadline;
  readonly #stop = new AbortController();
  readonly #onCancel = () => this.fail(cancellation(this.#context.signal.reason));

  constructor(context: CallContext, callMs: number) {
    this.relay = context.relay;
    this.#context = context;
    this.#deadline = new Deadline(callMs);
    this.#deadline.passed.addEventListener("abort", () => this.fail(tooSlow(callMs)));
    this.#deadline.start();
    context.signal.addEventListener("abort", this.#onCancel);
    if (context.signal.aborted) this.#onCancel();
  }

  /** Fires when nobody waits for the answer any more. Its reason is the CodemodeError that the call ends with, unless it has ended before. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  fail(error: CodemodeError): void {
    this.#stop.abort(error);
  }

  /** Its own time and that of its execution stand still until the function is called that it returns. */
  hold(): () => void {
    this.#deadline.pause();
    const release = this.relay.hold();
    return () => {
      release();
      this.#deadline.resume();
    };
  }

  /** It has been answered. What is still being asked for it is withdrawn. */
  end(): void {
    this.#context.signal.removeEventListener("abort", this.#onCancel);
    this.#deadline.end();
    this.#stop.abort();
  }
}

/** An execution may end for a reason that says more than that it was cancelled. */
function cancellation(reason: unknown): CodemodeError {
  return reason instanceof CodemodeError ? reason : new CodemodeError("cancelled", "the call was cancelled");
}

function tooSlow(callMs: number): CodemodeError {
  return new CodemodeError("limit", `no answer within callMs = ${callMs} ms; it may still have happened`, {
    remedy: "Ask for less at once, or raise limits.callMs in the configuration.",
  });
}
