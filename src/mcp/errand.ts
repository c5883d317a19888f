import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { LogLevel, LogMessage } from "../core/log-message.ts";
import { CannotBeAsked, lacking } from "../core/questions.ts";
import type { Answer, Askable, Question } from "../core/questions.ts";
import type { CallContext, ProgressUpdate, Relay } from "../core/relay.ts";
import type { Asker } from "./asker.ts";

/** What one request brings to an errand, and what the errand may use of it while the request lasts. */
export interface Visitor {
  /** Fires when the caller cancels. */
  readonly signal: AbortSignal;
  readonly askable: Askable;
  readonly logLevel: LogLevel | undefined;
  /** Called with every message: what is below the level is the visitor's to leave out. */
  readonly log: (message: LogMessage) => void;
  /** Absent if the caller does not want to know. */
  readonly progress?: (update: ProgressUpdate) => void;
}

export interface Visit<Result> {
  /** Resolves when there is a result. Rejects as the errand's work does. */
  readonly result: Promise<Result>;
  /** Has to be called when the request has been answered: from then on its end means nothing. */
  readonly end: () => void;
}

export type ErrandLimits = Pick<Limits, "parkMs" | "questions">;

/**
 * What one request has set going: an execution, a call that is passed through, a resource that is read. It belongs to the Workspace, not to a request: requests
 * visit it. It ends when its work does, when a visitor cancels and nobody else is there, or when a question has waited too long.
 */
export class Errand<Result> implements Relay {
  readonly owner = this;
  readonly #asker: Asker;
  readonly #limits: ErrandLimits;
  readonly #visitors = new Set<Visitor>();
  readonly #stop = new AbortController();
  readonly #result: Promise<Result>;
  #askable: Askable;
  #logLevel: LogLevel | undefined;
  #asked = 0;
  #latest: ProgressUpdate | undefined;

  /** `work` begins at once, for whoever comes first. It may reject: then every visitor gets the error. */
  constructor(
    work: (context: CallContext) => Promise<Result>,
    asker: Asker,
    { askable, logLevel }: Pick<Visitor, "askable" | "logLevel">,
    limits: ErrandLimits,
  ) {
    this.#asker = asker;
    this.#askable = askable;
    this.#logLevel = logLevel;
    this.#limits = limits;
    this.#result = work({ signal: this.#stop.signal, relay: this });
    // Nobody may be there when it fails.
    this.#result.catch(() => undefined);
  }

  /** What the latest visitor can be asked. */
  get askable(): Askable {
    return this.#askable;
  }

  /** What the latest visitor wants to hear. */
  get logLevel(): LogLevel | undefined {
    return this.#logLevel;
  }

  visit(visitor: Visitor): Visit<Result> {
    const onAbort = () => {
      this.#visitors.delete(visitor);
      if (this.#visitors.size === 0) this.#stop.abort();
    };
    this.#askable = visitor.askable;
    this.#logLevel = visitor.logLevel;
    this.#visitors.add(visitor);
    visitor.signal.addEventListener("abort", onAbort);
    if (visitor.signal.aborted) onAbort();
    if (this.#latest !== undefined) visitor.progress?.(this.#latest);
    return {
      result: this.#result,
      end: () => {
        visitor.signal.removeEventListener("abort", onAbort);
        this.#visitors.delete(visitor);
      },
    };
  }

  progress(update: ProgressUpdate): void {
    this.#latest = update;
    for (const visitor of this.#visitors) visitor.progress?.(update);
  }

  log(message: LogMessage): void {
    for (const visitor of this.#visitors) visitor.log(message);
  }

  async ask(question: Question, signal: AbortSignal, key?: string): Promise<Answer> {
    const { parkMs, questions } = this.#limits;
    const missing = lacking(this.#askable, question);
    if (missing !== undefined) throw new CannotBeAsked([missing]);
    this.#asked += 1;
    if (this.#asked > questions) {
      throw new CodemodeError("limit", `there have been questions = ${questions} questions already`, {
        remedy: "Ask less in one program, or raise limits.questions in the configuration.",
      });
    }
    const ended = AbortSignal.any([signal, this.#stop.signal]);
    ended.throwIfAborted();
    const timer = setTimeout(() => this.#stop.abort(unanswered(parkMs)), parkMs);
    try {
      return await this.#asker.ask(question, ended, key);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What stands still is the execution's own time. */
  hold(): () => void {
    return () => undefined;
  }
}

function unanswered(parkMs: number): CodemodeError {
  return new CodemodeError("limit", `a question has not been answered within parkMs = ${parkMs} ms`, {
    remedy: "Answer sooner, or raise limits.parkMs in the configuration.",
  });
}
