import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import type { LimitName } from "../../src/core/limits.ts";

const MEBIBYTE = 1_048_576;

/** The limits that attacks run under: one proxy of real processes each. What is not named has its default. */
export const PROFILES = {
  /** For programs that compute without a pause, or end by themselves. */
  usual: { cpuMs: 400, executionMs: 5_000, drainMs: 200, memoryBytes: 64 * MEBIBYTE },
  /** For programs that wait or loop with pauses. */
  brief: { cpuMs: 5_000, executionMs: 500, drainMs: 100, memoryBytes: 64 * MEBIBYTE },
  /** For programs that take memory, which takes time. */
  memory: { cpuMs: 20_000, executionMs: 20_000, memoryBytes: 64 * MEBIBYTE },
  /** For programs that meet an upstream with thousands of tools, which takes every program longer to start. */
  crowded: { cpuMs: 5_000 },
  /** For programs that send, print or return too much. */
  tight: {
    calls: 20,
    callsInFlight: 2,
    argumentBytes: 10_000,
    callResultBytes: 10_000,
    resultChars: 1_000,
    consoleLines: 10,
    consoleChars: 500,
    programBytes: 20_000,
  },
} as const satisfies Record<string, Partial<Record<LimitName, number>>>;

export type Profile = keyof typeof PROFILES;

export interface Arrived {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Everything that the caller reads: the whole text, if a string. */
type Expected =
  | { readonly kind: "returned" | "threw" | "refused"; readonly text: string | RegExp }
  | { readonly kind: "limit"; readonly limit: LimitName };

export interface Attack {
  readonly name: string;
  readonly program: string;
  /** "usual" unless said. */
  readonly profile?: Profile;
  readonly expected: Expected;
  /** What has arrived at the upstreams by the end, except calls of `flood`: nothing unless said. */
  readonly calls?: readonly Arrived[];
  /** "process": it would block or end the one process that hosts in-process tests. */
  readonly where: "both" | "process";
}

/** What the caller has to read. */
export function textOf({ expected, profile = "usual" }: Attack): string | RegExp {
  if (expected.kind !== "limit") return expected.text;
  const limits: Partial<Record<LimitName, number>> = PROFILES[profile];
  return new RegExp(`\\b${expected.limit} = ${limits[expected.limit] ?? DEFAULT_LIMITS[expected.limit]}\\b`);
}

export const returns = (text: string | RegExp): Expected => ({ kind: "returned", text });
export const throws = (text: string | RegExp): Expected => ({ kind: "threw", text });
export const refused = (text: string | RegExp): Expected => ({ kind: "refused", text });
export const stoppedBy = (limit: LimitName): Expected => ({ kind: "limit", limit });
