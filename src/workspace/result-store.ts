import type { ResultStore } from "../execute/kept-results.ts";

/** A row of a Durable Object's database has 2 MB at the most, and a UTF-16 unit takes up to three bytes. */
const CHUNK_CHARS = 500_000;

/** Kept results in the Workspace's own database: they survive its eviction. */
export class SqlResultStore implements ResultStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS result (id TEXT PRIMARY KEY, bytes INTEGER NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID");
    sql.exec(
      "CREATE TABLE IF NOT EXISTS result_chunk (id TEXT NOT NULL, part INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (id, part))",
    );
  }

  list(): { id: string; bytes: number; keptAt: number }[] {
    return this.#sql
      .exec<{ id: string; bytes: number; keptAt: number }>("SELECT id, bytes, kept_at AS keptAt FROM result ORDER BY kept_at, id")
      .toArray();
  }

  load(id: string): string | undefined {
    const parts = this.#sql.exec<{ json: string }>("SELECT json FROM result_chunk WHERE id = ? ORDER BY part", id).toArray();
    return parts.length === 0 ? undefined : parts.map(({ json }) => json).join("");
  }

  save(id: string, json: string, bytes: number, keptAt: number): void {
    let part = 0;
    for (let start = 0; start < json.length; part += 1) {
      const end = endOfChunk(json, start + CHUNK_CHARS);
      this.#sql.exec("INSERT INTO result_chunk (id, part, json) VALUES (?, ?, ?)", id, part, json.slice(start, end));
      start = end;
    }
    this.#sql.exec("INSERT INTO result (id, bytes, kept_at) VALUES (?, ?, ?)", id, bytes, keptAt);
  }

  delete(id: string): void {
    this.#sql.exec("DELETE FROM result WHERE id = ?", id);
    this.#sql.exec("DELETE FROM result_chunk WHERE id = ?", id);
  }
}

/** Half of a pair cannot be stored. */
function endOfChunk(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
