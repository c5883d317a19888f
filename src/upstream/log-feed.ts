import { exceedsBytes } from "../core/bytes.ts";
import { isLogLevel } from "../core/log-message.ts";
import type { LogMessage } from "../core/log-message.ts";
import type { Limits } from "../core/limits.ts";

/** As much of a logger's name as anybody reads. */
const MAX_LOGGER_CHARS = 200;

type LogLimits = Pick<Limits, "logBytes" | "logsPerSecond">;

/** Reads what one upstream says about itself: named, and so much of it at the most that it drowns nobody. */
export class LogFeed {
  readonly #namespace: string;
  readonly #limits: LogLimits;
  readonly #tell: (message: LogMessage) => void;
  #told = 0;
  #leftOut = 0;

  /** @param tell also called, a second later at the latest, with how many messages were left out. */
  constructor(namespace: string, limits: LogLimits, tell: (message: LogMessage) => void) {
    this.#namespace = namespace;
    this.#limits = limits;
    this.#tell = tell;
  }

  /** The parameters of a `notifications/message` as a message; undefined if it is none, or one too many. */
  read(params: unknown): LogMessage | undefined {
    const { level, logger, data } = (params ?? {}) as Record<string, unknown>;
    if (!isLogLevel(level)) return undefined;
    if (this.#told === 0) setTimeout(() => this.#next(), 1_000);
    this.#told += 1;
    if (this.#told > this.#limits.logsPerSecond) {
      this.#leftOut += 1;
      return undefined;
    }
    const own = typeof logger === "string" && logger !== "" ? `.${logger.slice(0, MAX_LOGGER_CHARS).toWellFormed()}` : "";
    return { level, logger: `${this.#namespace}${own}`, data: this.#bounded(data) };
  }

  #next(): void {
    const leftOut = this.#leftOut;
    this.#told = 0;
    this.#leftOut = 0;
    if (leftOut === 0) return;
    const { logsPerSecond } = this.#limits;
    const data = `${leftOut} log messages were left out: more than logsPerSecond = ${logsPerSecond} in a second`;
    this.#tell({ level: "warning", logger: this.#namespace, data });
  }

  /** The beginning of what is too large, as text. */
  #bounded(data: unknown): unknown {
    const text = JSON.stringify(data) ?? "null";
    const { logBytes } = this.#limits;
    if (!exceedsBytes(text, logBytes)) return data ?? null;
    const said = typeof data === "string" ? data : text;
    // A character has three bytes at the most, or is one of two that have four.
    const head = said.slice(0, Math.floor(logBytes / 3)).toWellFormed();
    return `${head}… (${said.length} characters, more than logBytes = ${logBytes} bytes)`;
  }
}
