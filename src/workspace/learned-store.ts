import type { LearnedStore, LearnedTool } from "../execute/learning.ts";

type Row = Omit<LearnedTool, "shape"> & { readonly shape: string };

/** What was learned of tools in the Workspace's own database: it survives its eviction. */
export class SqlLearnedStore implements LearnedStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS learned (upstream TEXT NOT NULL, tool TEXT NOT NULL, definition TEXT NOT NULL, shape TEXT NOT NULL, " +
        "results INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (upstream, tool)) WITHOUT ROWID",
    );
  }

  all(): LearnedTool[] {
    return this.#sql
      .exec<Row & Record<string, SqlStorageValue>>("SELECT upstream, tool, definition, shape, results FROM learned ORDER BY changed")
      .toArray()
      .map(({ shape, ...row }) => ({ ...row, shape: JSON.parse(shape) as LearnedTool["shape"] }));
  }

  save({ upstream, tool, definition, shape, results }: LearnedTool): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO learned (upstream, tool, definition, shape, results, changed) " +
        "VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(changed), 0) + 1 FROM learned))",
      upstream,
      tool,
      definition,
      JSON.stringify(shape),
      results,
    );
  }

  delete(upstream: string, tool: string): void {
    this.#sql.exec("DELETE FROM learned WHERE upstream = ? AND tool = ?", upstream, tool);
  }

  /** For a Workspace that is told to learn nothing. */
  clear(): void {
    this.#sql.exec("DELETE FROM learned");
  }
}
