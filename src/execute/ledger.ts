import type { Approval } from "../core/approval.ts";
import type { CallRecord } from "../core/execution.ts";

interface Entry {
  name: string;
  readonly startedAt: number;
  outcome: CallRecord["outcome"] | undefined;
  durationMs: number;
  approval: Approval | undefined;
}

/** What happens to a call that has begun. */
export interface BegunCall {
  readonly end: (outcome: CallRecord["outcome"]) => void;
  readonly asked: (approval: Approval) => void;
  /** Whom it goes to, where its name does not tell. */
  readonly goesTo: (namespace: string) => void;
}

/** The host-side record of an execution's calls. */
export class Ledger {
  readonly #entries: Entry[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(name: string): BegunCall {
    const entry: Entry = { name, outcome: undefined, startedAt: this.#now(), durationMs: 0, approval: undefined };
    this.#entries.push(entry);
    return {
      end: (outcome) => {
        entry.outcome = outcome;
        entry.durationMs = this.#now() - entry.startedAt;
      },
      asked: (approval) => {
        entry.approval = approval;
      },
      goesTo: (namespace) => {
        entry.name = `${name}(${namespace})`;
      },
    };
  }

  /** In the order in which the calls began. What has not ended by now is cancelled. */
  records(): CallRecord[] {
    return this.#entries.map(({ name, outcome, startedAt, durationMs, approval }) => ({
      name,
      outcome: outcome ?? "cancelled",
      durationMs: outcome === undefined ? this.#now() - startedAt : durationMs,
      ...(approval !== undefined && { approval }),
    }));
  }
}
