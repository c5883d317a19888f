import { CodemodeError } from "../core/errors.ts";
import type { CallRecord } from "../core/execution.ts";
import { FairQueue } from "../core/fair-queue.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext, Relay } from "../core/relay.ts";
import type { Trace } from "../core/trace.ts";
import type { BegunCall, Ledger } from "./ledger.ts";
import type { Reports } from "./reports.ts";

export interface OutgoingDeps {
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly reports: Reports;
  readonly trace: Trace;
  readonly relayOf: (name: string) => Relay;
  /** Fires when the execution ends, however it ends: no call outlives it. */
  readonly signal: AbortSignal;
}

/** One call that has begun. Whoever began it ends it. */
export interface OutgoingCall extends Omit<BegunCall, "end"> {
  readonly context: CallContext;
  /** Waits for a place and keeps it for as long as `work` takes. Rejects with CodemodeError `cancelled` if there is none in time. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** `attributes` are those of its span. */
  readonly end: (outcome: CallRecord["outcome"], attributes?: Readonly<Record<string, string>>) => void;
}

/** What leaves one execution for upstreams, calls of tools and whatever else it asks of them: counted, recorded, a few at a time. */
export class Outgoing {
  readonly #deps: OutgoingDeps;
  /** One owner: calls beyond `callsInFlight` wait in their order. */
  readonly #lanes: FairQueue;
  #calls = 0;

  constructor(deps: OutgoingDeps) {
    this.#deps = deps;
    this.#lanes = new FairQueue(deps.limits.callsInFlight, deps.limits.calls);
  }

  /** @throws CodemodeError `limit` beyond `calls`. */
  begin(name: string): OutgoingCall {
    const { limits, ledger, reports, trace, relayOf, signal } = this.#deps;
    this.#calls += 1;
    if (this.#calls > limits.calls) {
      throw new CodemodeError("limit", `the program has made calls = ${limits.calls} calls, and may make no more`, {
        remedy: "Do less in one program, or raise limits.calls in the configuration.",
      });
    }
    const begun = ledger.begin(name);
    const span = trace.begin(name);
    return {
      ...begun,
      context: { signal, relay: relayOf(name), ...(span.meta !== undefined && { meta: { ...span.meta } }) },
      inTurn: (work) => this.#inTurn(work),
      end: (outcome, attributes) => {
        begun.end(outcome);
        span.end(outcome !== "ok", { "codemode.outcome": outcome, ...attributes });
        reports.callEnded(name, outcome);
      },
    };
  }

  /** How a call ended that has no result. */
  get failure(): "failed" | "cancelled" {
    return this.#deps.signal.aborted ? "cancelled" : "failed";
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const leave = await this.#lanes.take("", this.#deps.signal);
    if (typeof leave === "string") throw new CodemodeError("cancelled", "the call was cancelled before it was sent");
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
