/**
 * Every failure that the proxy itself reports, by whose fault it is. The union is closed: the wire mapping in `mcp/present.ts`
 * is exhaustive over it, so a new code does not compile until somebody has decided how a caller sees it.
 */
export type ErrorCode =
  /** The program does not parse, or its form cannot be run. */
  | "program_syntax"
  /** No such namespace or tool in the catalog. Thrown inside the program, catchable there. */
  | "tool_unknown"
  /** The arguments of a call are not a JSON object, or do not fit the tool's schema: nothing was sent. Thrown inside the program. */
  | "tool_arguments"
  /** The upstream answered that the call failed (`isError`). Thrown inside the program. */
  | "tool_failed"
  /** The policy asks a person before this call, and that person said no or cannot be asked. Thrown inside the program. */
  | "tool_approval"
  /** The upstream asks the user or the model something, and the caller cannot be asked. Thrown inside the program. */
  | "question"
  /** The upstream wants its user to sign in there, for the first time or once more. Thrown inside the program. */
  | "sign_in"
  /** A limit of `core/limits.ts` was reached. */
  | "limit"
  /** The upstream cannot be reached, or broke the protocol. */
  | "upstream"
  /** The configuration is wrong: the message starts with the key path. */
  | "config"
  /** The caller went away or cancelled. */
  | "cancelled"
  /** Ours. The caller gets an id, the log gets the whole. */
  | "fault";

export interface ErrorDetails {
  /** What the reader can do next, one sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** The one base class. `message` says what happened and where; it never holds a secret and may be shown to the model. */
export class CodemodeError extends Error {
  override readonly name: string = "CodemodeError";
  readonly code: ErrorCode;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
  }
}

/** The text of anything that was thrown, without assuming that it is an `Error`. Never throws itself. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  try {
    return String(thrown);
  } catch {
    return "a value that cannot be shown";
  }
}
