import type { PendingStore } from "../upstream/connecting.ts";

/** Connections that are being made, in the Workspace's own database: a person may take longer than the platform keeps it in memory. */
export class SqlPendingStore implements PendingStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY, sealed TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID");
  }

  put(id: string, sealed: string, expiresAt: number): void {
    this.#sql.exec("DELETE FROM pending WHERE expires_at <= ?", Date.now());
    this.#sql.exec("INSERT OR REPLACE INTO pending (id, sealed, expires_at) VALUES (?, ?, ?)", id, sealed, expiresAt);
  }

  get(id: string): string | undefined {
    const [row] = this.#sql.exec<{ sealed: string }>("SELECT sealed FROM pending WHERE id = ? AND expires_at > ?", id, Date.now());
    return row?.sealed;
  }

  take(id: string): string | undefined {
    const found = this.get(id);
    this.#sql.exec("DELETE FROM pending WHERE id = ?", id);
    return found;
  }
}
