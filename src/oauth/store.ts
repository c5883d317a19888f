import { DurableObject } from "cloudflare:workers";
import type { Limits } from "../core/limits.ts";

/** What the authorization server keeps of one thing, as `KVNamespace` has it. */
interface Row extends Record<string, SqlStorageValue> {
  readonly key: string;
  readonly value: string;
  readonly metadata: string | null;
  /** Seconds since the epoch. */
  readonly expires_at: number | null;
}

interface PutOptions {
  readonly expirationTtl?: number;
  readonly expiration?: number;
  readonly metadata?: unknown;
}

const PAGE = 1_000;
/** A sweep of what has expired, at most so often. */
const SWEEP_MS = 3_600_000;

/**
 * Clients, grants and tokens of the authorization server, and the count of failed sign-ins. One Durable Object for the whole deployment:
 * unlike KV it is read as it was written, so that a code or a consent page really works once. Tokens and codes arrive here as hashes.
 */
export class OAuthStore extends DurableObject {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value TEXT NOT NULL, metadata TEXT, expires_at INTEGER) WITHOUT ROWID",
    );
    this.#sql.exec("CREATE TABLE IF NOT EXISTS failure (address TEXT NOT NULL, at INTEGER NOT NULL)");
  }

  get(key: string): string | null {
    const [row] = this.#sql.exec<Row>("SELECT * FROM entry WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)", key, nowSeconds());
    return row?.value ?? null;
  }

  async put(key: string, value: string, { expirationTtl, expiration, metadata }: PutOptions): Promise<void> {
    const expiresAt = expiration ?? (expirationTtl === undefined ? null : nowSeconds() + expirationTtl);
    const kept = metadata === undefined ? null : JSON.stringify(metadata);
    this.#sql.exec("INSERT OR REPLACE INTO entry (key, value, metadata, expires_at) VALUES (?, ?, ?, ?)", key, value, kept, expiresAt);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS);
  }

  delete(key: string): void {
    this.#sql.exec("DELETE FROM entry WHERE key = ?", key);
  }

  /** In the order of the keys; `cursor` is the last key of the page before. */
  list(
    prefix: string,
    limit: number,
    cursor: string | undefined,
  ): { keys: Pick<Row, "key" | "metadata" | "expires_at">[]; complete: boolean } {
    const rows = this.#sql
      .exec<Row>(
        "SELECT key, metadata, expires_at FROM entry WHERE substr(key, 1, ?) = ? AND key > ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key LIMIT ?",
        prefix.length,
        prefix,
        cursor ?? "",
        nowSeconds(),
        limit + 1,
      )
      .toArray();
    return { keys: rows.slice(0, limit), complete: rows.length <= limit };
  }

  /**
   * Counts one try of a passphrase from `address` before it is looked at, so that many at once are not all let through; or says which limit
   * keeps it from being looked at.
   */
  countTry(
    address: string,
    limits: Pick<Limits, "signInTries" | "signInTriesInAll" | "signInMs">,
  ): "signInTries" | "signInTriesInAll" | undefined {
    const since = Date.now() - limits.signInMs;
    this.#sql.exec("DELETE FROM failure WHERE at <= ?", since);
    const [counts] = this.#sql.exec<{ there: number; everywhere: number }>(
      "SELECT coalesce(sum(address = ?), 0) AS there, count(*) AS everywhere FROM failure",
      address,
    );
    if (counts === undefined || counts.there >= limits.signInTries) return "signInTries";
    if (counts.everywhere >= limits.signInTriesInAll) return "signInTriesInAll";
    this.#sql.exec("INSERT INTO failure (address, at) VALUES (?, ?)", address, Date.now());
    return undefined;
  }

  /** The right passphrase: what was counted from `address` is forgotten. */
  succeeded(address: string): void {
    this.#sql.exec("DELETE FROM failure WHERE address = ?", address);
  }

  override async alarm(): Promise<void> {
    this.#sql.exec("DELETE FROM entry WHERE expires_at <= ?", nowSeconds());
    const [left] = this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM entry WHERE expires_at IS NOT NULL");
    if ((left?.count ?? 0) > 0) await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS);
  }
}

/** The store in the form that the authorization server's library asks for. Only what that library uses of `KVNamespace` is there. */
export function asKv(store: DurableObjectStub<OAuthStore>): KVNamespace {
  const kv = {
    async get(key: string, options?: { type?: string }): Promise<unknown> {
      const value = await store.get(key);
      return value === null || options?.type !== "json" ? value : JSON.parse(value);
    },
    put: async (key: string, value: string, options: PutOptions = {}) => store.put(key, value, options),
    delete: async (key: string) => store.delete(key),
    async list({ prefix = "", limit = PAGE, cursor }: { prefix?: string; limit?: number; cursor?: string } = {}) {
      const { keys, complete } = await store.list(prefix, limit, cursor);
      return {
        keys: keys.map(({ key, metadata, expires_at }) => ({
          name: key,
          ...(metadata !== null && { metadata: JSON.parse(metadata) as unknown }),
          ...(expires_at !== null && { expiration: expires_at }),
        })),
        list_complete: complete,
        ...(!complete && { cursor: keys.at(-1)?.key }),
      };
    },
  };
  return kv as unknown as KVNamespace;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
