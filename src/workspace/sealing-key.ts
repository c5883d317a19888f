const BYTES = 32;

/** The key with which this Workspace seals what goes through a caller's hands. Made once: what was sealed before an eviction is known after it. */
export function sealingKey(sql: SqlStorage): Uint8Array {
  sql.exec("CREATE TABLE IF NOT EXISTS sealing_key (id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB NOT NULL)");
  sql.exec("INSERT OR IGNORE INTO sealing_key (id, value) VALUES (1, ?)", crypto.getRandomValues(new Uint8Array(BYTES)).buffer);
  return new Uint8Array(sql.exec<{ value: ArrayBuffer }>("SELECT value FROM sealing_key").one().value);
}
