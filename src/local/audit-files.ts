import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { asOneLine } from "./lines.ts";
import type { Answer } from "./loopback.ts";

type AuditFileLimits = Pick<Limits, "auditBytes" | "auditMs">;

/** The audit's files in a folder, oldest first: `audit-2026-11-26.jsonl` of the day, `audit-2026-11-26-<ms>.jsonl` of a part of it. */
export function auditFiles(folder: string): string[] {
  return entries(folder)
    .filter((name) => /^audit-\d{4}-\d\d-\d\d(?:-\d+)?\.jsonl$/.test(name))
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map((name) => join(folder, name));
}

/** The file that is written to comes behind the parts that were cut off it. */
function sortKey(name: string): string {
  return name.replace(/^(audit-\d{4}-\d\d-\d\d)\.jsonl$/, "$1-~");
}

/**
 * Appends a record as one line. Several proxies of one user may write at once: each line is one write at the end of the file. This user alone can read
 * the files. Throws what the file system does.
 */
export function appendAudit(folder: string, line: string, { auditBytes, auditMs }: AuditFileLimits, now: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const day = new Date(now).toISOString().slice(0, 10);
  const file = join(folder, `audit-${day}.jsonl`);
  appendFileSync(file, `${line}\n`, { mode: 0o600 });
  // In parts, so that what is too much goes away a part at a time.
  if (sizeOf(file) > auditBytes / 8) rename(file, join(folder, `audit-${day}-${now}.jsonl`));
  let left = auditBytes;
  for (const one of auditFiles(folder).toReversed()) {
    left -= sizeOf(one);
    if (left < 0 || now - changedAt(one) > auditMs) rmSync(one, { force: true });
  }
}

/** Where the Worker posts its records. One that cannot be written is told of once: the disk may be full for long. */
export function auditAnswer(folder: string, limits: AuditFileLimits, log: (line: string) => void): Answer {
  let told = false;
  return (path, method, body) => {
    if (path !== "/audit" || method !== "POST") return undefined;
    try {
      appendAudit(folder, asOneLine(body), limits, Date.now());
    } catch (error) {
      if (!told) log(`the audit cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code ?? messageOf(error)})`);
      told = true;
    }
    return Promise.resolve({ status: 200, text: "" });
  };
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Another proxy may have moved it on or removed it meanwhile. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
