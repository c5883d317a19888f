import type { McpSubscription } from "@modelcontextprotocol/client";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { moreOf } from "../core/log-message.ts";
import type { LogLevel } from "../core/log-message.ts";
import { callFailure } from "./call-failure.ts";
import type { Connection } from "./connect.ts";
import { hasNotHappened, isLostSession, whyUnavailable } from "./failure.ts";
import { FIRST_WAIT_MS, keepOpen } from "./lasting-stream.ts";

export interface StandingDeps {
  readonly key: string;
  readonly limits: Pick<Limits, "listMs" | "retryMs">;
  /** The present connection, or a new one. */
  readonly connected: () => Promise<Connection>;
  /** Lets go of a connection that does not work any more. */
  readonly drop: (connection: Connection) => void;
  /** A watched resource may have changed while nobody could tell. */
  readonly onMissed: (uri: string) => void;
  /** The same of what is listed. */
  readonly onListsMissed: () => void;
  readonly log: (line: string) => void;
}

/** What one upstream is to tell without being asked, whatever becomes of its connections: how much it logs, and which resources are watched. */
export class Standing {
  readonly #deps: StandingDeps;
  #level: LogLevel | undefined;
  /** By URI: how many watch. */
  readonly #watched = new Map<string, number>();
  #connection: Connection | undefined;
  /** What the server of the present connection has been told. */
  #told = new Set<string>();
  /** 2026-07-28: the stream on which changes of the watched resources are told. */
  #stream: McpSubscription | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #reviving = false;
  #doubting = false;

  constructor(deps: StandingDeps) {
    this.#deps = deps;
  }

  /** Called with each new connection, before anything else is sent there. Resolves when it knows how much to log. Never rejects. */
  async attach(connection: Connection): Promise<void> {
    this.#connection = connection;
    this.#told = new Set();
    this.#stream = undefined;
    connection.client.onerror = () => void this.#doubt(connection);
    this.#keepLists(connection);
    await this.#setLevel(connection);
    // Not waited for: whoever wants something else of a server that answers none of them would wait for each.
    void this.#watchAgain(connection);
  }

  /** The connection is gone. What is watched needs another one, even if nobody calls a tool. */
  detach(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (this.#watched.size > 0) void this.#revive();
  }

  /** Somebody wants log messages from this level on: the server is told the lowest. Never rejects. */
  async hear(level: LogLevel): Promise<void> {
    const before = this.#level;
    this.#level = moreOf(before, level);
    if (this.#level !== before && this.#connection !== undefined) await this.#setLevel(this.#connection);
  }

  /**
   * Has the server tell when this resource changes, until the function that it resolves to is called. Rejects with CodemodeError: `tool_arguments` if the
   * server tells nobody, and else as a call does.
   */
  async watch(uri: string): Promise<() => void> {
    this.#watched.set(uri, (this.#watched.get(uri) ?? 0) + 1);
    try {
      await this.#begin(uri);
    } catch (error) {
      this.#unwatch(uri);
      throw error;
    }
    let isOver = false;
    return () => {
      if (!isOver) this.#unwatch(uri);
      isOver = true;
    };
  }

  async #begin(uri: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const connection = await this.#deps.connected();
      try {
        return await this.#tell(connection, uri);
      } catch (error) {
        // To ask twice does no harm, and a connection is closed when another one takes its place.
        const isGone = this.#connection !== connection || hasNotHappened(error, connection);
        if (attempt > 0 || !isGone) throw this.#failure(error, connection);
        this.#deps.drop(connection);
      }
    }
  }

  #unwatch(uri: string): void {
    const others = (this.#watched.get(uri) ?? 1) - 1;
    if (others > 0) return void this.#watched.set(uri, others);
    this.#watched.delete(uri);
    const connection = this.#connection;
    if (connection === undefined || !this.#told.has(uri)) return;
    void this.#inTurn(async () => {
      // Somebody may watch it again meanwhile, and a stream that has been opened meanwhile is without it.
      if (this.#watched.has(uri) || this.#connection !== connection || !this.#told.has(uri)) return;
      this.#told.delete(uri);
      if (isModern(connection)) await this.#listen(connection);
      else await connection.client.unsubscribeResource({ uri }, { timeout: this.#deps.limits.listMs });
    }).catch(() => undefined);
  }

  /** Each may have changed meanwhile. What the server does not answer is asked for again later. */
  async #watchAgain(connection: Connection, uris: readonly string[] = [...this.#watched.keys()]): Promise<void> {
    const unanswered: string[] = [];
    for (const uri of uris) {
      if (this.#connection !== connection) return;
      if (!this.#watched.has(uri)) continue;
      await this.#tell(connection, uri).catch((error: unknown) => {
        if (!(error instanceof CodemodeError)) unanswered.push(uri);
        this.#log(`${uri} is not watched at the moment`, error, connection);
      });
      this.#deps.onMissed(uri);
    }
    if (unanswered.length > 0) setTimeout(() => void this.#watchAgain(connection, unanswered), this.#deps.limits.retryMs);
  }

  #tell(connection: Connection, uri: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#connection !== connection) throw replaced();
      if (this.#told.has(uri)) return;
      const { client } = connection;
      if (client.getServerCapabilities()?.resources?.subscribe !== true) throw tellsNobody();
      if (isModern(connection)) {
        await this.#listen(connection);
        if (!this.#told.has(uri)) throw tellsNobody();
      } else {
        await client.subscribeResource({ uri }, { timeout: this.#deps.limits.listMs });
        if (this.#connection === connection) this.#told.add(uri);
      }
    });
  }

  /** A stream has its URIs from its opening on: for others there is another one, opened before the old one is closed, which goes on if that fails. */
  async #listen(connection: Connection): Promise<void> {
    const { limits, onMissed } = this.#deps;
    const before = this.#stream;
    const open = async () => {
      const uris = [...this.#watched.keys()];
      const stream = await connection.client.listen({ resourceSubscriptions: uris }, { timeout: limits.listMs });
      if (this.#connection !== connection) {
        await stream.close();
        throw replaced();
      }
      this.#stream = stream;
      this.#told = new Set(stream.honoredFilter.resourceSubscriptions);
      return stream;
    };
    if (this.#watched.size === 0) {
      this.#stream = undefined;
      this.#told = new Set();
    } else {
      let mine = await open();
      const isNeeded = () => this.#connection === connection && this.#stream === mine && this.#watched.size > 0;
      const reopen = async () => {
        if (!isNeeded()) throw replaced();
        return (mine = await open());
      };
      void keepOpen(mine, {
        open: () => this.#inTurn(reopen),
        isNeeded,
        onReopened: () => this.#watched.forEach((_, uri) => onMissed(uri)),
        retryMs: limits.retryMs,
      });
    }
    await before?.close();
  }

  /** 2026-07-28: the stream on which changes of lists are told, which the SDK has opened. */
  #keepLists(connection: Connection): void {
    const { limits, onListsMissed } = this.#deps;
    const { client } = connection;
    const stream = client.autoOpenedSubscription;
    if (stream === undefined) return;
    void keepOpen(stream, {
      open: () => client.listen(stream.honoredFilter, { timeout: limits.listMs }),
      isNeeded: () => this.#connection === connection,
      onReopened: onListsMissed,
      retryMs: limits.retryMs,
    });
  }

  async #setLevel({ client, redact }: Connection): Promise<void> {
    const level = this.#level;
    // To a server of 2026-07-28 each request says it.
    if (level === undefined || client.getProtocolEra() === "modern" || client.getServerCapabilities()?.logging === undefined) return;
    const { listMs } = this.#deps.limits;
    await client
      .setLoggingLevel(level, { timeout: listMs })
      .catch((error: unknown) => this.#log("its log level cannot be set", error, { redact }));
  }

  /** 2025 over HTTP: a server that was restarted does not know our session, and tells nothing any more, while nobody asks it for anything. */
  async #doubt(connection: Connection): Promise<void> {
    if (this.#connection !== connection || this.#doubting || !connection.hasSession()) return;
    this.#doubting = true;
    try {
      await connection.client.ping({ timeout: this.#deps.limits.listMs });
    } catch (error) {
      if (isLostSession(error)) this.#deps.drop(connection);
    } finally {
      this.#doubting = false;
    }
  }

  async #revive(): Promise<void> {
    if (this.#reviving) return;
    this.#reviving = true;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, this.#deps.limits.retryMs)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.#connection !== undefined || this.#watched.size === 0) break;
      // Its failure is reported where connections are opened.
      await this.#deps.connected().catch(() => undefined);
    }
    this.#reviving = false;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #failure(error: unknown, connection: Connection): CodemodeError {
    const { key, limits, log } = this.#deps;
    return callFailure(error, { key, name: "resources/subscribe", connection, callMs: limits.listMs, log });
  }

  #log(what: string, error: unknown, { redact }: Pick<Connection, "redact">): void {
    const { key, limits, log } = this.#deps;
    log(`upstream ${key}: ${what}: ${whyUnavailable(error, limits.listMs, redact)}`);
  }
}

function isModern({ client }: Connection): boolean {
  return client.getProtocolEra() === "modern";
}

/** While something waited for its turn or an answer. */
function replaced(): Error {
  return new Error("another connection or stream has taken the place of this one");
}

function tellsNobody(): CodemodeError {
  return new CodemodeError("tool_arguments", "this server does not tell when that resource changes", {
    remedy: "Read it again now and then.",
  });
}
