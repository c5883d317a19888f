/** From the least to the most severe (RFC 5424, as MCP spells it). */
const LOG_LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What an upstream says about itself while it works, for a caller who wants to know. Bounded. */
export interface LogMessage {
  readonly level: LogLevel;
  /** The namespace of the upstream, and behind a dot its own name for the part that speaks, if it gives one. */
  readonly logger: string;
  readonly data: unknown;
}

export function isLogLevel(value: unknown): value is LogLevel {
  return LOG_LEVELS.some((level) => level === value);
}

/** Whether somebody who wants messages from `threshold` on wants this one. Without a threshold nobody has asked for any. */
export function isWanted({ level }: LogMessage, threshold: LogLevel | undefined): boolean {
  return threshold !== undefined && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

/** The level of the two that brings more messages. */
export function moreOf(one: LogLevel | undefined, other: LogLevel | undefined): LogLevel | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return LOG_LEVELS.indexOf(one) <= LOG_LEVELS.indexOf(other) ? one : other;
}
