import type { Limits } from "../core/limits.ts";
import type { Wish } from "../mcp/audience.ts";
import type { KeptSession, SessionStore } from "../mcp/sessions.ts";

/** A client that has not come back for so long will initialize again. */
const KEEP_MS = 30 * 24 * 3_600_000;

/** What a client says of itself has some hundred characters. Whose is longer cannot come back. */
const MAX_INITIALIZE_CHARS = 100_000;

/** The sessions of one profile in the Workspace's own database: they survive its eviction, and no other profile knows them. */
export class SqlSessionStore implements SessionStore {
  readonly #sql: SqlStorage;
  readonly #profile: string;
  readonly #limits: Pick<Limits, "sessionRows">;

  /** @param profile "" for the whole. */
  constructor(sql: SqlStorage, profile: string, limits: Pick<Limits, "sessionRows">) {
    this.#sql = sql;
    this.#profile = profile;
    this.#limits = limits;
    sql.exec("CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, initialize TEXT NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID");
    sql.exec(
      "CREATE TABLE IF NOT EXISTS session_wish (session TEXT NOT NULL, key TEXT NOT NULL, wish TEXT NOT NULL, PRIMARY KEY (session, key)) WITHOUT ROWID",
    );
    sql.exec("DELETE FROM session WHERE used_at < ?", Date.now() - KEEP_MS);
    sql.exec("DELETE FROM session_wish WHERE session NOT IN (SELECT id FROM session)");
  }

  load(id: string): KeptSession | undefined {
    const key = this.#key(id);
    const [row] = this.#sql.exec<{ initialize: string }>(
      "UPDATE session SET used_at = ? WHERE id = ? RETURNING initialize",
      Date.now(),
      key,
    );
    if (row === undefined) return undefined;
    const wishes = this.#sql.exec<{ wish: string }>("SELECT wish FROM session_wish WHERE session = ?", key).toArray();
    return { initialize: row.initialize, wishes: wishes.map(({ wish }) => JSON.parse(wish) as Wish) };
  }

  save(id: string, initialize: string): void {
    if (initialize.length > MAX_INITIALIZE_CHARS) return;
    this.#sql.exec("INSERT OR REPLACE INTO session (id, initialize, used_at) VALUES (?, ?, ?)", this.#key(id), initialize, Date.now());
    const beyond = "SELECT id FROM session WHERE id GLOB ? ORDER BY used_at DESC, id LIMIT -1 OFFSET ?";
    const gone = this.#sql.exec<{ id: string }>(beyond, `${this.#profile}/*`, this.#limits.sessionRows).toArray();
    for (const session of gone) this.#forget(session.id);
  }

  keepWish(id: string, wish: Wish): void {
    const text = JSON.stringify(wish);
    this.#sql.exec("INSERT OR REPLACE INTO session_wish (session, key, wish) VALUES (?, ?, ?)", this.#key(id), keyOf(wish), text);
  }

  dropWish(id: string, wish: Wish): void {
    this.#sql.exec("DELETE FROM session_wish WHERE session = ? AND key = ?", this.#key(id), keyOf(wish));
  }

  delete(id: string): void {
    this.#forget(this.#key(id));
  }

  #forget(key: string): void {
    this.#sql.exec("DELETE FROM session WHERE id = ?", key);
    this.#sql.exec("DELETE FROM session_wish WHERE session = ?", key);
  }

  /** No profile's name has a slash, so that an id that a client makes up leads to no other profile. */
  #key(id: string): string {
    return `${this.#profile}/${id}`;
  }
}

/** A session has one level, and each subscription once. */
function keyOf(wish: Wish): string {
  return "level" in wish ? "level" : `uri ${wish.uri}`;
}
