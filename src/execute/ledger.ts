import type { CallRecord } from "../core/execution.ts";

/** The host-side record of an execution's calls. */
export class Ledger {
  readonly #entries: { name: string; outcome: CallRecord["outcome"] | undefined; startedAt: number; durationMs: number }[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes that a call begins; the function that it returns notes how it ended. */
  begin(name: string): (outcome: CallRecord["outcome"]) => void {
    const entry = { name, outcome: undefined as CallRecord["outcome"] | undefined, startedAt: this.#now(), durationMs: 0 };
    this.#entries.push(entry);
    return (outcome) => {
      entry.outcome = outcome;
      entry.durationMs = this.#now() - entry.startedAt;
    };
  }

  /** In the order in which the calls began. What has not ended by now is cancelled. */
  records(): CallRecord[] {
    return this.#entries.map(({ name, outcome, startedAt, durationMs }) => ({
      name,
      outcome: outcome ?? "cancelled",
      durationMs: outcome === undefined ? this.#now() - startedAt : durationMs,
    }));
  }
}
