/** The rows of the table of limits about what is kept of streams of the 2025 revisions, for clients that lose them. */
export const RESUME_LIMITS = {
  resumeEvents: {
    unit: "count",
    default: 100,
    max: 10_000,
    reason:
      "Notifications of one stream kept for a client that lost it and resumes it (2025 revisions); the oldest go first. Answers and open questions are kept besides.",
  },
  resumeBytes: {
    unit: "bytes",
    default: 16_777_216,
    max: 134_217_728,
    reason:
      "UTF-8 size of what is kept for this in one session: notifications go first, then the oldest answers. One answer of an upstream has 16 MB at the most.",
  },
  resumeBytesInAll: {
    unit: "bytes",
    default: 33_554_432,
    max: 1_073_741_824,
    reason: "The same in all sessions of one caller. It is in memory, and on Cloudflare the proxy has 128 MB for everything.",
  },
  sessionRows: {
    unit: "count",
    default: 1_000,
    max: 100_000,
    reason:
      "Sessions of one caller at one profile that its Workspace's database keeps for clients that come back (2025 revisions). Those longest unused go first; their clients initialize again.",
  },
  unreadBytes: {
    unit: "bytes",
    default: 16_777_216,
    max: 134_217_728,
    reason:
      "What of one stream may wait for a client that does not read: when more comes, the stream is broken off. One answer of an upstream has 16 MB at the most.",
  },
} as const;
