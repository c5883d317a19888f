import type { LogLevel, LogMessage } from "./log-message.ts";
import type { Answer, Askable, Question } from "./questions.ts";

/** What an upstream says of the progress of one call, or the proxy of that of an execution. Texts are bounded. */
export interface ProgressUpdate {
  /** Without it, one more than before. What does not increase is not told. */
  readonly progress?: number;
  readonly total?: number;
  readonly message?: string;
}

/** The way from one call of an upstream back to whoever made it. It belongs to one execution, or to one passthrough call. */
export interface Relay {
  /** The same for all calls of one execution. */
  readonly owner: object;
  /** What whoever made the call can be asked. */
  readonly askable: Askable;
  progress(update: ProgressUpdate): void;
  /** From which level on whoever made the call wants log messages; undefined if none. */
  readonly logLevel: LogLevel | undefined;
  /** What is below `logLevel` is not told. */
  log(message: LogMessage): void;
  /**
   * Rejects with CodemodeError `question` if it cannot be asked at all, `cancelled` when `signal` fires or the execution ends; with what the
   * caller's client says if that fails to answer. Time stands still meanwhile, as after `hold`. `key` is what the upstream calls the question
   * (2026-07-28), any text at all: a caller of that revision is told it if nothing stands against it.
   */
  ask(question: Question, signal: AbortSignal, key?: string): Promise<Answer>;
  /** Something waits for a person: the execution's time stands still until the function that it returns is called. */
  hold(): () => void;
}

/** What a call is sent with besides its arguments. */
export interface CallContext {
  /** Fires when nobody wants the result any more. */
  readonly signal: AbortSignal;
  readonly relay: Relay;
  /** Name and version of the caller's client, in its own words. */
  readonly client?: string;
  /** Members of `_meta` of the caller's request that pass from hop to hop: trace context. */
  readonly meta?: Readonly<Record<string, unknown>>;
}
