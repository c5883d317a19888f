import type { AuditedCall, AuditRecord } from "../core/audit.ts";
import { printable } from "./lines.ts";

/** The names say most; the rest is in `--json`. */
const MAX_CALLS_CHARS = 160;

const WIDTHS = [20, 10, 20, 24, 9, 8];

export const AUDIT_HEAD = row(["TIME", "CALLER", "CLIENT", "TOOL", "OUTCOME", "MS", "CALLS"]);

/** A record as one line of a table. What stands in it comes from clients and upstreams in part. */
export function auditLine({
  at,
  caller,
  client = "",
  profile,
  tool,
  outcome,
  detail,
  durationMs,
  calls,
  callsLeftOut = 0,
}: AuditRecord): string {
  return row([
    `${new Date(at).toISOString().slice(0, 19)}Z`,
    caller,
    client,
    profile === undefined ? tool : `${tool} (${profile})`,
    detail === undefined ? outcome : `${outcome} ${detail}`,
    String(durationMs),
    callsText(calls, callsLeftOut),
  ]);
}

function callsText(calls: readonly AuditedCall[], leftOut: number): string {
  if (calls.length === 0) return "-";
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(said(call), (counts.get(said(call)) ?? 0) + 1);
  const text = Array.from(counts, ([name, count]) => (count === 1 ? name : `${name} x${count}`)).join(", ");
  return leftOut === 0 ? text : `${text}, and ${leftOut} more`;
}

function said({ name, outcome, approval }: AuditedCall): string {
  const notes = [...(outcome === "ok" ? [] : [outcome]), ...(approval === undefined ? [] : [`${approval.answer} by ${approval.by}`])];
  return notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, column) => {
      const width = WIDTHS[column];
      return width === undefined ? printable(cell, MAX_CALLS_CHARS) : printable(cell, 2 * width).padEnd(width);
    })
    .join("  ")
    .trimEnd();
}
