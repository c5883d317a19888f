import type { AuditRecord, NumberedRecord } from "../core/audit.ts";
import type { Limits } from "../core/limits.ts";

/** How many that are too old are looked for with each new one: more than come, so that none stays. */
const PRUNED_AT_ONCE = 100;

/** One answer is one RPC message, which has 32 MiB. */
const MAX_ANSWER_CHARS = 4_000_000;

/** What has been done for the caller, in the Workspace's own database. */
export class SqlAuditStore {
  readonly #sql: SqlStorage;
  readonly #limits: Pick<Limits, "auditRows" | "auditMs">;
  #waiting: { readonly record: AuditRecord; readonly now: number }[] = [];

  constructor(sql: SqlStorage, limits: Pick<Limits, "auditRows" | "auditMs">) {
    this.#sql = sql;
    this.#limits = limits;
    sql.exec("CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, record TEXT NOT NULL)");
  }

  /** @param delayMs how long the disk may be left alone. It is read at once all the same. */
  add(record: AuditRecord, now: number, delayMs = 0): void {
    this.#waiting.push({ record, now });
    if (delayMs === 0) this.#write();
    else if (this.#waiting.length === 1) setTimeout(() => this.#write(), delayMs);
  }

  /** The first `count` records behind the one with the number `after`, or the last ones; fewer if they are large. */
  read(count: number, after?: number): NumberedRecord[] {
    this.#write();
    const rows =
      after === undefined
        ? this.#sql.exec<Row>("SELECT seq, record FROM (SELECT seq, record FROM audit ORDER BY seq DESC LIMIT ?) ORDER BY seq", count)
        : this.#sql.exec<Row>("SELECT seq, record FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", after, count);
    const read: NumberedRecord[] = [];
    let room = MAX_ANSWER_CHARS;
    for (const { seq, record } of rows) {
      room -= record.length;
      if (room < 0 && read.length > 0) break;
      read.push({ seq, record: JSON.parse(record) as AuditRecord });
    }
    return read;
  }

  #write(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { record, now } of waiting) this.#insert(record, now);
  }

  #insert(record: AuditRecord, now: number): void {
    const { auditRows, auditMs } = this.#limits;
    this.#sql.exec("INSERT INTO audit (at, record) VALUES (?, ?)", record.at, JSON.stringify(record));
    this.#sql.exec("DELETE FROM audit WHERE seq <= (SELECT max(seq) FROM audit) - ?", auditRows);
    const oldest = "SELECT seq FROM audit ORDER BY seq LIMIT ?";
    this.#sql.exec(`DELETE FROM audit WHERE seq IN (${oldest}) AND at < ?`, PRUNED_AT_ONCE, now - auditMs);
  }
}

interface Row extends Record<string, SqlStorageValue> {
  readonly seq: number;
  readonly record: string;
}
