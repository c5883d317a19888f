import type { AuditedCall, AuditRecord } from "../core/audit.ts";
import type { Execution, Outcome } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";
import { sha256 } from "../core/sha256.ts";

/** What an execution does not know of itself. */
export interface AuditSubject {
  readonly at: number;
  readonly caller: string;
  readonly client: string | undefined;
  readonly profile: string | undefined;
  readonly tool: string;
  /** Absent for a call that was passed through. */
  readonly source?: string;
}

export interface AuditOptions {
  /** Whether texts of programs are kept. */
  readonly programs: boolean;
  readonly limits: Pick<Limits, "auditChars">;
}

/** As much of a name as tells who it is. */
const MAX_NAME_CHARS = 100;

/** The record of an execution, in about `auditChars` characters for its text and as many for its calls. */
export async function auditRecord(
  { outcome, ledger, durationMs }: Pick<Execution, "ledger" | "durationMs"> & { readonly outcome: Outcome },
  { at, caller, client, profile, tool, source }: AuditSubject,
  { programs, limits: { auditChars } }: AuditOptions,
): Promise<AuditRecord> {
  let room = auditChars;
  const calls: AuditedCall[] = [];
  for (const { approval, ...call } of ledger) {
    const audited = { ...call, ...(approval !== undefined && { approval: { ...approval, by: caller } }) };
    room -= JSON.stringify(audited).length;
    if (room < 0) break;
    calls.push(audited);
  }
  const detail = detailOf(outcome);
  return {
    id: crypto.randomUUID(),
    at,
    caller,
    ...(client !== undefined && { client: client.slice(0, 2 * MAX_NAME_CHARS).toWellFormed() }),
    ...(profile !== undefined && { profile }),
    tool: tool.slice(0, 2 * MAX_NAME_CHARS).toWellFormed(),
    ...(source !== undefined && {
      program: {
        sha256: await sha256(source),
        chars: source.length,
        ...(programs && { text: source.slice(0, auditChars).toWellFormed() }),
      },
    }),
    outcome: outcome.kind,
    ...(detail !== undefined && { detail }),
    durationMs,
    calls,
    ...(calls.length < ledger.length && { callsLeftOut: ledger.length - calls.length }),
  };
}

function detailOf(outcome: Outcome): string | undefined {
  if (outcome.kind === "limit") return outcome.limit;
  return outcome.kind === "fault" ? outcome.id : undefined;
}
