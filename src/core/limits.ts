import { NEWS_LIMITS } from "./news-limits.ts";
import { OVERSIGHT_LIMITS } from "./oversight-limits.ts";
import { RESUME_LIMITS } from "./resume-limits.ts";

/** One row of the table of limits. */
export interface Limit {
  readonly unit: "ms" | "bytes" | "chars" | "lines" | "count";
  readonly default: number;
  /** The largest value that the configuration may set. */
  readonly max: number;
  /** Why it exists and why the default is what it is. Shown in the configuration's schema and in the docs. */
  readonly reason: string;
}

/** Every limit that the proxy enforces, in one table. The configuration's `limits` section has exactly these keys. */
export const LIMITS = {
  bodyBytes: {
    unit: "bytes",
    default: 4_194_304,
    max: 33_554_432,
    reason: "Body of one HTTP request to /mcp. A program with its data fits in far less; the rest is abuse. Beyond it: 413.",
  },
  programBytes: {
    unit: "bytes",
    default: 262_144,
    max: 4_194_304,
    reason: "UTF-8 size of one program. Models write a few kilobytes; parsing time grows with it.",
  },
  checkSteps: {
    unit: "count",
    default: 4_000_000,
    max: 100_000_000,
    reason:
      "Steps of the type checker for one program. Types of a few lines can ask for hours and gigabytes; honest programs take a fortieth of it. Beyond it the program runs unchecked, and its answer says so.",
  },
  executionMs: {
    unit: "ms",
    default: 60_000,
    max: 3_600_000,
    reason: "Wall time of one execution. Several clients give up on a tool call after 60 s.",
  },
  cpuMs: {
    unit: "ms",
    default: 30_000,
    max: 300_000,
    reason:
      "How long a program may compute: on Cloudflare in all, locally in one stretch without giving the thread back. Cloudflare's own default.",
  },
  memoryBytes: {
    unit: "bytes",
    default: 134_217_728,
    max: 1_073_741_824,
    reason: "Memory of one sandbox: its JavaScript heap, and as much again outside it. Cloudflare gives an isolate 128 MiB, and no choice.",
  },
  executions: {
    unit: "count",
    default: 8,
    max: 64,
    reason: "Executions under way at once; locally each has a process. One that waits for an upstream costs memory, not CPU.",
  },
  executionsQueued: {
    unit: "count",
    default: 64,
    max: 10_000,
    reason: "Executions that wait for their turn, of all callers. Beyond it a caller learns at once that the proxy is busy.",
  },
  calls: {
    unit: "count",
    default: 1_000,
    max: 100_000,
    reason:
      "Calls to upstream tools in one execution, requests for resources and prompts among them. A loop without an end would otherwise use up somebody's quota.",
  },
  callsInFlight: {
    unit: "count",
    default: 32,
    max: 1_000,
    reason: "Calls of one execution under way at once; further ones wait. Upstreams throttle or fall over at more.",
  },
  inFlightBytes: {
    unit: "bytes",
    default: 33_554_432,
    max: 268_435_456,
    reason:
      "UTF-8 size of the arguments of all calls of one execution under way at once; further ones wait. On Cloudflare the proxy has 128 MB for everything.",
  },
  drainMs: {
    unit: "ms",
    default: 5_000,
    max: 60_000,
    reason: "How long calls that the program did not await may still run after it has ended. Long enough for a forgotten await.",
  },
  listMs: {
    unit: "ms",
    default: 5_000,
    max: 120_000,
    reason: "How long one upstream may take to connect and list its tools before the others are served without it.",
  },
  listPages: {
    unit: "count",
    default: 1_000,
    max: 100_000,
    reason: "Pages of one list of one upstream. One that hands out cursors for tools for ever is unavailable.",
  },
  listItems: {
    unit: "count",
    default: 10_000,
    max: 1_000_000,
    reason: "Resources, resource templates and prompts of one upstream that are listed, of each. Clients read the whole list.",
  },
  listTtlMs: {
    unit: "ms",
    default: 5_000,
    max: 86_400_000,
    reason:
      "How long a list of tools is taken as it is at least, whatever ttlMs the upstream gives it. Many give 0, and mean nothing by it.",
  },
  retryMs: {
    unit: "ms",
    default: 30_000,
    max: 3_600_000,
    reason: "How long an unavailable upstream is left alone before a new request to the proxy makes it try again.",
  },
  callMs: {
    unit: "ms",
    default: 60_000,
    max: 3_600_000,
    reason: "How long one call to an upstream tool may take before it fails inside the program.",
  },
  argumentBytes: {
    unit: "bytes",
    default: 4_194_304,
    max: 16_000_000,
    reason: "UTF-8 size of one call's arguments as JSON. Upstreams commonly refuse bodies above 4 MiB.",
  },
  callResultBytes: {
    unit: "bytes",
    default: 16_000_000,
    max: 16_000_000,
    reason:
      "UTF-8 size of one call's result as JSON on its way into the sandbox. A sandbox has 128 MB in all; one RPC message has 32 MiB, at two bytes a character.",
  },
  resultChars: {
    unit: "chars",
    default: 40_000,
    max: 1_000_000,
    reason:
      "The returned value as text, and as much again in texts that are emitted. Clients cut or refuse results above 50,000 characters; a cut of ours says what is missing.",
  },
  resultBytes: {
    unit: "bytes",
    default: 8_388_608,
    max: 8_388_608,
    reason:
      "UTF-8 size of a returned value as JSON that is kept whole for codemode.result when the caller got less. A larger one is not kept.",
  },
  keptResults: {
    unit: "count",
    default: 20,
    max: 1_000,
    reason: "Results kept whole for one caller. A further one takes the place of the oldest.",
  },
  keptBytes: {
    unit: "bytes",
    default: 67_108_864,
    max: 1_073_741_824,
    reason: "UTF-8 size of all results kept whole for one caller; the oldest go first. They are in the Workspace's database.",
  },
  keptMs: {
    unit: "ms",
    default: 1_800_000,
    max: 86_400_000,
    reason: "How long a result is kept whole. Long enough for the model to think and ask for a part of it.",
  },
  blocks: {
    unit: "count",
    default: 100,
    max: 1_000,
    reason: "Images, audio, links and resources that one execution gives to its caller, returned and emitted. Models read a few.",
  },
  blockBytes: {
    unit: "bytes",
    default: 8_388_608,
    max: 12_582_912,
    reason: "UTF-8 size of these blocks in all, base64 included. Clients and model APIs refuse images above some megabytes.",
  },
  consoleChars: {
    unit: "chars",
    default: 16_000,
    max: 1_000_000,
    reason: "Console output of one execution, in all. It shares the caller's budget with the result.",
  },
  consoleLines: {
    unit: "lines",
    default: 500,
    max: 100_000,
    reason: "Console calls of one execution that are kept. A loop that logs would otherwise bury the result.",
  },
  parkMs: {
    unit: "ms",
    default: 600_000,
    max: 86_400_000,
    reason: "How long a question to the user may wait for its answer; then the execution ends. It does not count as time of the execution.",
  },
  finishedMs: {
    unit: "ms",
    default: 60_000,
    max: 3_600_000,
    reason:
      "How long the result of an execution is kept for a caller that lost it and comes again: of one that has asked (2026-07-28), of each (2025).",
  },
  questions: {
    unit: "count",
    default: 100,
    max: 10_000,
    reason: "Questions to the user in one execution. A server that asks without an end would otherwise keep somebody busy.",
  },
  questionBytes: {
    unit: "bytes",
    default: 1_048_576,
    max: 33_554_432,
    reason: "UTF-8 size of one question as JSON. Forms have some kilobytes; what a model is asked (sampling) may hold an image.",
  },
  ...NEWS_LIMITS,
  ...OVERSIGHT_LIMITS,
  progressPerSecond: {
    unit: "count",
    default: 10,
    max: 1_000,
    reason: "Progress notifications to one request in a second; what happens in between is told with the next. Clients draw each one.",
  },
  heartbeatMs: {
    unit: "ms",
    default: 10_000,
    max: 3_600_000,
    reason: "How long a caller that asks for progress is left without. Many clients give up after 60 s, and start anew with each progress.",
  },
  sessions: {
    unit: "count",
    default: 200,
    max: 10_000,
    reason:
      "Sessions of the 2025 revisions held in memory at once. Beyond it the one longest unused is put away until its client comes back.",
  },
  ...RESUME_LIMITS,
  sandboxIdleMs: {
    unit: "ms",
    default: 30_000,
    max: 3_600_000,
    reason: "Locally: how long an idle sandbox process beyond the spare one is kept. One takes some 60 MB.",
  },
  signInTries: {
    unit: "count",
    default: 10,
    max: 1_000,
    reason: "Wrong passphrases from one address within signInMs. Enough for typing errors, too few for guessing.",
  },
  signInTriesInAll: {
    unit: "count",
    default: 100,
    max: 10_000,
    reason: "Wrong passphrases from everywhere within signInMs: whoever has many addresses guesses no faster.",
  },
  signInMs: {
    unit: "ms",
    default: 900_000,
    max: 86_400_000,
    reason: "How long a wrong passphrase counts.",
  },
  connectMs: {
    unit: "ms",
    default: 900_000,
    max: 86_400_000,
    reason: "How long a link for connecting an upstream works, and how long a program waits for the person behind it.",
  },
  learnedTools: {
    unit: "count",
    default: 500,
    max: 10_000,
    reason: "Tools of one upstream whose results' structure is remembered. A further one takes the place of the one longest unchanged.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The values in force: the defaults with the configuration's `limits` laid over them. */
export type Limits = { readonly [Name in LimitName]: number };

export const DEFAULT_LIMITS: Limits = Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.default])) as Record<
  LimitName,
  number
>;
