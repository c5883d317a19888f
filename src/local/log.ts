import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { AuditRecord } from "../core/audit.ts";
import { CodemodeError } from "../core/errors.ts";
import { AUDIT_HEAD, auditLine } from "./audit-table.ts";
import { auditFiles } from "./audit-files.ts";

export interface LogOptions {
  readonly json: boolean;
  readonly follow: boolean;
  /** How many of the last records are shown. */
  readonly count: number;
  /** A proxy that is asked for what it has done for us, instead of the files of this user. */
  readonly remote?: { readonly url: string; readonly token: string | undefined };
  /** Where the files are. */
  readonly folder: string;
  /** Fulfilled when the command is to end early. */
  readonly stop: Promise<void>;
  readonly write: (text: string) => Promise<void>;
}

/** How often is looked for what is new, in ms: a person watches. */
const LOOK_MS = 500;

/** Writes the last records, and with `follow` those that come until it is told to stop. Throws `CodemodeError`. */
export async function showLog({ json, follow, count, remote, folder, stop, write }: LogOptions): Promise<void> {
  const next = remote === undefined ? filesReader(folder) : remoteReader(remote);
  const show = async (lines: readonly string[]) => {
    const shown = lines.flatMap((line) => (json ? [line] : tableLine(line)));
    if (shown.length > 0) await write(`${shown.join("\n")}\n`);
  };
  const ended = stop.then(() => true);
  if (!json) await write(`${AUDIT_HEAD}\n`);
  await show((await next(count)).slice(-count));
  if (!follow) return;
  while (!(await Promise.race([ended, new Promise<false>((resolve) => setTimeout(() => resolve(false), LOOK_MS))]))) {
    await show(await next(count));
  }
}

/** Another version may have written it, or a disk that was full. */
function tableLine(line: string): string[] {
  try {
    return [auditLine(JSON.parse(line) as AuditRecord)];
  } catch {
    return [];
  }
}

/** Gives the lines that have come since it was last asked; at first, all that there are. */
type Reader = (count: number) => Promise<string[]>;

function filesReader(folder: string): Reader {
  /** By inode, because a file is renamed when it is full. */
  const read = new Map<number, { position: number; rest: string }>();
  return async () =>
    auditFiles(folder).flatMap((file) => {
      const opened = open(file);
      if (opened === undefined) return [];
      try {
        const { ino, size } = fstatSync(opened);
        const seen = read.get(ino) ?? { position: 0, rest: "" };
        const bytes = Buffer.alloc(Math.max(0, size - seen.position));
        const length = readSync(opened, bytes, 0, bytes.length, seen.position);
        // A line is one write, so that a character is never cut in two.
        const lines = `${seen.rest}${bytes.toString("utf8", 0, length)}`.split("\n");
        read.set(ino, { position: seen.position + length, rest: lines.pop() ?? "" });
        return lines;
      } finally {
        closeSync(opened);
      }
    });
}

function open(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch {
    return undefined;
  }
}

function remoteReader({ url, token }: { readonly url: string; readonly token: string | undefined }): Reader {
  let after: number | undefined;
  return async (count) => {
    const asked = new URL("/audit", url);
    asked.searchParams.set("count", String(count));
    if (after !== undefined) asked.searchParams.set("after", String(after));
    const response = await fetch(asked, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }).catch(
      (cause: unknown) => {
        throw new CodemodeError("upstream", `${asked.origin} cannot be reached.`, { cause, remedy: "Is the proxy running there?" });
      },
    );
    if (!response.ok) {
      const remedy = response.status === 401 ? "Set AUTH_TOKEN to the token that this proxy knows." : "Is it a codemode-proxy?";
      throw new CodemodeError("upstream", `${asked.origin} answered HTTP ${response.status}.`, { remedy });
    }
    const lines = (await response.text()).split("\n").filter((line) => line !== "");
    const last = lines.at(-1);
    // Nothing at all: what comes next is new.
    after = last === undefined ? (after ?? 0) : (JSON.parse(last) as { seq: number }).seq;
    return lines;
  };
}
