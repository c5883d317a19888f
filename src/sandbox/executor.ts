import type { Thrown } from "../core/execution.ts";

/** What a sandbox is started with. Plain data: authority comes only as the bridge. */
export interface SandboxJob {
  /** The program as a module without types; its default export is the function to run, or the value to return. */
  readonly module: string;
  /** Namespace -> identifiers of its tools. */
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  readonly limits: SandboxLimits;
  /** Marks this run's lines among what its process prints: see `sandbox/echo.ts`. Nothing is printed without it. */
  readonly echo?: string;
}

/** The bounds that the harness keeps by itself so that a flood does not even reach the bridge. The host checks them again. */
interface SandboxLimits {
  readonly resultChars: number;
  readonly resultBytes: number;
  readonly blocks: number;
  readonly blockBytes: number;
  readonly consoleChars: number;
  readonly consoleLines: number;
  readonly cpuMs: number;
  readonly callsInFlight: number;
  readonly inFlightBytes: number;
  readonly argumentBytes: number;
  /** How long calls that nobody awaited may go on after the program has ended, in ms. */
  readonly drainMs: number;
}

/** A sandbox's only way out. Every argument is hostile and every answer is JSON text, so that no object ever crosses. */
export interface SandboxBridge {
  /** Resolves when the program may begin: it is still being judged while its sandbox is loaded. If it must not, the run is stopped instead. */
  begin(): Promise<void>;
  /** One request as JSON text, one answer as JSON text: see `execute/bridge.ts`. Never rejects. */
  request(text: string): Promise<string>;
  /** One console line. */
  log(level: string, text: string): Promise<void>;
  /** One content block for the caller, as a `PackedBlock`. */
  emit(head: string, body: string): Promise<void>;
}

/** A content block on its way out: `head` is it as JSON, with `true` in the place of its long text, and `body` is that text. */
export interface PackedBlock {
  readonly head: string;
  readonly body: string;
}

/** What a program returned, as `resultOf` of the sandbox tells it. */
export interface RawResult {
  /** Empty if the value is nothing but content. */
  readonly text: string;
  readonly blocks: readonly PackedBlock[];
  /** How many characters it had before it was shortened, if it was. */
  readonly chars?: number;
  /** Blocks that had no room. */
  readonly leftOut: number;
  /** The value as JSON, if what is above is less than the whole. */
  readonly whole?: string;
}

export type SandboxOutcome =
  /** `unawaited`: the first failure that nobody awaited. */
  | ({ readonly kind: "returned"; readonly result: RawResult; readonly unawaited?: RawThrown } & Dropped)
  | ({ readonly kind: "threw"; readonly error: RawThrown } & Dropped)
  /** `signal` fired. */
  | { readonly kind: "stopped" }
  /** The host of the sandbox ended it: it computed too long or took too much memory. */
  | { readonly kind: "killed"; readonly limit: "cpuMs" | "memoryBytes" }
  /** As many executions wait as may wait. */
  | { readonly kind: "busy" }
  /** The process that ran the sandbox is gone, and not by our doing. `message` is for the log. */
  | { readonly kind: "ended"; readonly message: string }
  /** The isolate could not be made, or died. `message` is the runtime's own text: for the log. */
  | { readonly kind: "broken"; readonly message: string };

/** What was beyond the limits, so that the harness did not even send it. */
interface Dropped {
  readonly droppedLines: number;
  readonly droppedBlocks: number;
}

/** As the sandbox tells it: the stack still has the runtime's positions. */
export interface RawThrown extends Pick<Thrown, "name" | "message"> {
  readonly stack: string;
  readonly causes: readonly { readonly text: string; readonly stack: string }[];
}

/** Runs programs. The tables of `test/security` run in-process and through sandbox processes. */
export interface Executor {
  /**
   * Runs one program in a fresh sandbox, when one is free; `onStart` is called then. Never throws and always settles: when the program
   * has ended, or at once when `signal` fires (the sandbox is told to stop and is thrown away; it can make no further call).
   */
  run(job: SandboxJob, bridge: SandboxBridge, signal: AbortSignal, onStart?: () => void): Promise<SandboxOutcome>;
}
