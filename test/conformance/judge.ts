import type { Verdicts } from "./suites.ts";

/** Failures that are known and why they are none of ours, or not yet. */
export interface Expected<Target extends string, Run extends string> {
  readonly targets: readonly Target[];
  readonly runs: readonly Run[];
  /** `scenario` for whatever of it fails, `scenario:check` for one check alone. */
  readonly failing: readonly string[];
  readonly reason: string;
}

export interface Judgement {
  /** Checks that have failed and that nobody expects to. */
  readonly unexpected: string[];
  /** What is expected to fail and has not failed: the entry has to go. */
  readonly stale: string[];
}

/** Holds what has failed against what is expected to. What `direct` says has failed there as well, and is not the proxy's doing. */
export function judge<Target extends string, Run extends string>(
  target: Target,
  run: Run,
  verdicts: Verdicts,
  expected: readonly Expected<Target, Run>[],
  direct?: Verdicts,
): Judgement {
  const ours = expected.filter(({ targets, runs }) => targets.includes(target) && runs.includes(run)).flatMap(({ failing }) => failing);
  const met = new Set<string>();
  const unexpected: string[] = [];
  for (const [scenario, failed] of verdicts) {
    for (const [check, message] of failed) {
      if (direct?.get(scenario)?.has(check) === true) continue;
      const entries = [scenario, `${scenario}:${check}`].filter((entry) => ours.includes(entry));
      for (const entry of entries) met.add(entry);
      if (entries.length === 0) unexpected.push(`${scenario}:${check}: ${message.slice(0, 300)}`);
    }
  }
  return { unexpected: unexpected.toSorted(), stale: ours.filter((entry) => !met.has(entry)) };
}
