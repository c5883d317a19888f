/** The rows of the table of limits about what people are asked for, and about what is kept of what happened. */
export const OVERSIGHT_LIMITS = {
  approvalCalls: {
    unit: "count",
    default: 20,
    max: 1_000,
    reason: "Calls that a person is asked to allow in one question; further ones are asked next. More than that nobody reads.",
  },
  approvalChars: {
    unit: "chars",
    default: 2_000,
    max: 100_000,
    reason:
      "What is shown of the arguments of one call that a person is asked to allow. Longer ones are shortened, with their length and SHA-256.",
  },
  approvedTools: {
    unit: "count",
    default: 1_000,
    max: 100_000,
    reason: "Tools that one caller has allowed for always. A further one takes the place of the one allowed longest ago.",
  },
  auditRows: {
    unit: "count",
    default: 10_000,
    max: 1_000_000,
    reason: "Executions of one caller that the audit keeps in the Workspace's database; the oldest go first.",
  },
  auditMs: {
    unit: "ms",
    default: 2_592_000_000,
    max: 315_360_000_000,
    reason: "How long the audit keeps an execution: 30 days. Long enough to find out what happened last week.",
  },
  auditChars: {
    unit: "chars",
    default: 100_000,
    max: 400_000,
    reason: "What the audit keeps of the calls of one execution, and as much again of its program's text. A row of the database has 2 MB.",
  },
  auditBytes: {
    unit: "bytes",
    default: 67_108_864,
    max: 1_073_741_824,
    reason: "Locally: the audit's files in all; the oldest go first. An execution takes about a kilobyte.",
  },
} as const;
