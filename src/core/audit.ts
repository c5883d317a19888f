import type { CallRecord, Outcome } from "./execution.ts";

/** What is kept of one execution, or of one call that was passed through. Told from the host's side; names of clients are their own word. */
export interface AuditRecord {
  readonly id: string;
  /** When it began, in ms since 1970. */
  readonly at: number;
  readonly caller: string;
  /** Name and version. */
  readonly client?: string;
  readonly profile?: string;
  /** `execute_code`, or the tool that was passed through as the caller named it. */
  readonly tool: string;
  readonly program?: AuditedProgram;
  readonly outcome: Outcome["kind"];
  /** The limit that ended it, or the id of the fault. */
  readonly detail?: string;
  readonly durationMs: number;
  /** In the order in which they began. */
  readonly calls: readonly AuditedCall[];
  /** Calls that there was no room for. */
  readonly callsLeftOut?: number;
}

interface AuditedProgram {
  readonly sha256: string;
  readonly chars: number;
  /** Its beginning, if the configuration says that texts are kept. */
  readonly text?: string;
}

export interface AuditedCall extends Omit<CallRecord, "approval"> {
  readonly approval?: NonNullable<CallRecord["approval"]> & { readonly by: string };
}

/** A record with its number: later ones have larger numbers. */
export interface NumberedRecord {
  readonly seq: number;
  readonly record: AuditRecord;
}
