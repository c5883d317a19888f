import type { Server } from "@modelcontextprotocol/server";
import { isWanted } from "../core/log-message.ts";
import type { LogLevel, LogMessage } from "../core/log-message.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { Watching } from "./watching.ts";

/** What callers are told without having made a request. */
export type Told =
  | { readonly kind: "list_changed"; readonly list: "tools" | "resources" | "prompts" }
  | { readonly kind: "log"; readonly message: LogMessage };

/** Whoever is behind one server instance, with what they want to be told. */
export class Audience {
  /** 2025: from which level on this session wants log messages; undefined until it asks for some. */
  level: LogLevel | undefined;
  readonly watching: Watching;
  readonly #server: Server;
  /** What was told in a call is not told again on the stream of the session. */
  readonly #logged = new WeakSet<LogMessage>();

  constructor(server: Server, subscriptions: Subscriptions) {
    this.#server = server;
    this.watching = new Watching(subscriptions, (_uri, changed) => this.updated(changed));
  }

  updated(uri: string): void {
    this.#server.sendResourceUpdated({ uri }).catch(ignore);
  }

  tell(told: Told): void {
    if (told.kind === "log") {
      if (isWanted(told.message, this.level))
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
