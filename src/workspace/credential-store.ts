import type { CredentialStore } from "../upstream/vault.ts";

/** Sealed credentials in the Workspace's own database, which no other process has. */
export class SqlCredentialStore implements CredentialStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS credential (name TEXT PRIMARY KEY, sealed TEXT NOT NULL, saved_at INTEGER NOT NULL) WITHOUT ROWID",
    );
  }

  async load(name: string): Promise<string | undefined> {
    const [row] = this.#sql.exec<{ sealed: string }>("SELECT sealed FROM credential WHERE name = ?", name);
    return row?.sealed;
  }

  async save(name: string, sealed: string): Promise<void> {
    this.#sql.exec("INSERT OR REPLACE INTO credential (name, sealed, saved_at) VALUES (?, ?, ?)", name, sealed, Date.now());
  }

  async remove(name: string): Promise<void> {
    this.#sql.exec("DELETE FROM credential WHERE name = ?", name);
  }

  exclusively<T>(_name: string, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
