/** The rows of the table of limits about what upstreams tell without being asked. */
export const NEWS_LIMITS = {
  subscriptions: {
    unit: "count",
    default: 1_000,
    max: 100_000,
    reason:
      "Subscriptions to resources of one caller at once, of all its sessions and streams at one profile. Each is kept, and so is one at the upstream.",
  },
  uriChars: {
    unit: "chars",
    default: 8_192,
    max: 65_536,
    reason:
      "Length of a URI that somebody subscribes to, or that an upstream says has changed. It is kept as long as the subscription; browsers and servers know no longer ones.",
  },
  updateMs: {
    unit: "ms",
    default: 300,
    max: 60_000,
    reason:
      "How long a subscription is left alone after it was told of a change; what changes meanwhile is told once after that. A file that is written changes many times a second.",
  },
  logBytes: {
    unit: "bytes",
    default: 65_536,
    max: 4_194_304,
    reason:
      "What one log message of an upstream says, as JSON; of a larger one the beginning is passed on. A stack trace has a few kilobytes.",
  },
  logsPerSecond: {
    unit: "count",
    default: 100,
    max: 10_000,
    reason: "Log messages of one upstream that are passed on in a second; how many more there were is said. Nobody reads faster.",
  },
} as const;
