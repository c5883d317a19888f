/** What an upstream says of the progress of one call, or the proxy of that of an execution. Texts are bounded. */
export interface ProgressUpdate {
  /** Without it, one more than before. What does not increase is not told. */
  readonly progress?: number;
  readonly total?: number;
  readonly message?: string;
}

/** The way from one call of an upstream back to whoever made it. It belongs to one execution, or to one passthrough call. */
export interface Relay {
  progress(update: ProgressUpdate): void;
}

/** What a call is sent with besides its arguments. */
export interface CallContext {
  /** Fires when nobody wants the result any more. */
  readonly signal: AbortSignal;
  readonly relay: Relay;
}
