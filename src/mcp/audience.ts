import type { Server } from "@modelcontextprotocol/server";
import { isWanted } from "../core/log-message.ts";
import type { LogLevel, LogMessage } from "../core/log-message.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { Watching } from "./watching.ts";

/** What callers are told without having made a request. */
export type Told =
  | { readonly kind: "list_changed"; readonly list: "tools" | "resources" | "prompts" }
  | { readonly kind: "log"; readonly message: LogMessage };

/** What a session of the 2025 revisions has asked to be told from then on. */
export type Wish = { readonly level: LogLevel } | { readonly uri: string };

export interface AudienceDeps {
  readonly subscriptions: Subscriptions;
  /** Resolves when upstreams know that somebody wants log messages from this level on. */
  readonly hear: (level: LogLevel) => Promise<void>;
}

/** Whoever is behind one server instance, with what they want to be told. */
export class Audience {
  readonly watching: Watching;
  /** Called with each wish that comes, in place of the one before if it is a level, or is over. */
  onWish: ((wish: Wish, isOver: boolean) => void) | undefined;
  #level: LogLevel | undefined;
  readonly #hear: AudienceDeps["hear"];
  readonly #server: Server;
  /** What was told in a call is not told again on the stream of the session. */
  readonly #logged = new WeakSet<LogMessage>();

  constructor(server: Server, { subscriptions, hear }: AudienceDeps) {
    this.#server = server;
    this.#hear = hear;
    const forget = (uri: string) => this.onWish?.({ uri }, true);
    this.watching = new Watching(subscriptions, (_uri, changed) => this.updated(changed), forget);
  }

  /** 2025: from which level on this session wants log messages; undefined until it asks for some. */
  get level(): LogLevel | undefined {
    return this.#level;
  }

  async setLevel(level: LogLevel): Promise<void> {
    this.#level = level;
    this.onWish?.({ level }, false);
    await this.#hear(level);
  }

  /** Rejects with CodemodeError. */
  async subscribe(uri: string): Promise<void> {
    if (this.watching.has(uri)) return;
    await this.watching.add(uri);
    this.onWish?.({ uri }, false);
  }

  unsubscribe(uri: string): void {
    this.watching.remove(uri);
    this.onWish?.({ uri }, true);
  }

  /** Those of an earlier life of the session. Resources rest until it has a stream: no upstream that does not answer keeps it waiting. Never rejects. */
  async wishAgain(wishes: readonly Wish[]): Promise<void> {
    for (const wish of wishes) if ("level" in wish) await this.setLevel(wish.level);
    this.watching.rest();
    this.watching.restAll(wishes.flatMap((wish) => ("uri" in wish ? [wish.uri] : [])));
  }

  updated(uri: string): void {
    this.#server.sendResourceUpdated({ uri }).catch(ignore);
  }

  tell(told: Told): void {
    if (told.kind === "log") {
      if (isWanted(told.message, this.#level))
        this.logOnce(told.message, () => this.#server.sendLoggingMessage({ ...told.message }).catch(ignore));
    } else {
      SENDERS[told.list](this.#server).catch(ignore);
    }
  }

  logOnce(message: LogMessage, send: () => unknown): void {
    if (this.#logged.has(message)) return;
    this.#logged.add(message);
    send();
  }
}

const SENDERS = {
  tools: (server: Server) => server.sendToolListChanged(),
  resources: (server: Server) => server.sendResourceListChanged(),
  prompts: (server: Server) => server.sendPromptListChanged(),
};

/** A session whose client has gone has no stream to tell it on. */
function ignore(): void {}
