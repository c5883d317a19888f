import type { Limits } from "../core/limits.ts";
import type { LogMessage } from "../core/log-message.ts";
import type { News } from "../core/news.ts";
import { LogFeed } from "./log-feed.ts";
import type { Questions } from "./questions.ts";

/** Takes what one upstream says without being asked to whoever it is for. */
export class Hearing {
  readonly #namespace: string;
  readonly #onNews: (news: News) => void;
  readonly #feed: LogFeed;
  readonly #uriChars: number;

  constructor(namespace: string, limits: Pick<Limits, "logBytes" | "logsPerSecond" | "uriChars">, onNews: (news: News) => void) {
    this.#namespace = namespace;
    this.#onNews = onNews;
    this.#uriChars = limits.uriChars;
    this.#feed = new LogFeed(namespace, limits, (message) => this.#announce(message));
  }

  listChanged(list: "resources" | "prompts"): void {
    this.#onNews({ kind: "list_changed", namespace: this.#namespace, list });
  }

  updated(uri: string): void {
    // Nobody can have subscribed to it, and of a part of what somebody has it would be megabytes for each of them.
    if (uri.length <= this.#uriChars) this.#onNews({ kind: "updated", namespace: this.#namespace, uri });
  }

  /**
   * The parameters of a `notifications/message`, as they came. What is said in a call is for whoever makes it. What is said in none that can be known (a stdio
   * server has one stream for everything) is for everybody who has asked; whoever gets the same message in two ways knows it by its identity.
   */
  logged(params: unknown, questions: Questions): void {
    const { relays, isCertain } = questions.hearers();
    const message = this.#feed.read(params);
    if (message === undefined) return;
    for (const relay of relays) relay.log(message);
    if (!isCertain) this.#announce(message);
  }

  #announce(message: LogMessage): void {
    this.#onNews({ kind: "log", namespace: this.#namespace, message });
  }
}
