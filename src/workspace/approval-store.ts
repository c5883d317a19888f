import type { ApprovalStore } from "../execute/approval.ts";

/** Tools that the caller has allowed once and for all, in the Workspace's own database. */
export class SqlApprovalStore implements ApprovalStore {
  readonly #sql: SqlStorage;
  readonly #maxTools: number;

  constructor(sql: SqlStorage, maxTools: number) {
    this.#sql = sql;
    this.#maxTools = maxTools;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS approval (upstream TEXT NOT NULL, tool TEXT NOT NULL, definition TEXT NOT NULL, at INTEGER NOT NULL, " +
        "PRIMARY KEY (upstream, tool)) WITHOUT ROWID",
    );
  }

  find(upstream: string, tool: string, definition: string): number | undefined {
    const query = "SELECT at FROM approval WHERE upstream = ? AND tool = ? AND definition = ?";
    return this.#sql.exec<{ at: number }>(query, upstream, tool, definition).toArray()[0]?.at;
  }

  /** The one that was allowed longest ago makes room. */
  save(upstream: string, tool: string, definition: string, at: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO approval (upstream, tool, definition, at) VALUES (?, ?, ?, ?)", upstream, tool, definition, at);
    this.#sql.exec(
      "DELETE FROM approval WHERE (upstream, tool) NOT IN (SELECT upstream, tool FROM approval ORDER BY at DESC LIMIT ?)",
      this.#maxTools,
    );
  }
}
