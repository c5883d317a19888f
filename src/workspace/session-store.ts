import type { SessionStore } from "../mcp/sessions.ts";

/** A client that has not come back for so long will initialize again. */
const KEEP_MS = 30 * 24 * 3_600_000;

/** The sessions of one profile in the Workspace's own database: they survive its eviction, and no other profile knows them. */
export class SqlSessionStore implements SessionStore {
  readonly #sql: SqlStorage;
  readonly #profile: string;

  /** @param profile "" for the whole. */
  constructor(sql: SqlStorage, profile: string) {
    this.#sql = sql;
    this.#profile = profile;
    sql.exec("CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, initialize TEXT NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID");
    sql.exec("DELETE FROM session WHERE used_at < ?", Date.now() - KEEP_MS);
  }

  load(id: string): string | undefined {
    const [row] = this.#sql.exec<{ initialize: string }>(
      "UPDATE session SET used_at = ? WHERE id = ? RETURNING initialize",
      Date.now(),
      this.#key(id),
    );
    return row?.initialize;
  }

  save(id: string, initialize: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO session (id, initialize, used_at) VALUES (?, ?, ?)", this.#key(id), initialize, Date.now());
  }

  delete(id: string): void {
    this.#sql.exec("DELETE FROM session WHERE id = ?", this.#key(id));
  }

  /** No profile's name has a slash, so that an id that a client makes up leads to no other profile. */
  #key(id: string): string {
    return `${this.#profile}/${id}`;
  }
}
