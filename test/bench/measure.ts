export interface Times {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds of each run; the first tenth warms up and is not counted. */
export async function measure(rounds: number, run: (round: number) => Promise<unknown>): Promise<Times> {
  const { only } = await measureInTurn(rounds, { only: run });
  return only;
}

/**
 * Several things that are compared, one run of each after the other: what the machine does meanwhile is done to all of them alike. What is
 * measured one thing after the other differs by more than what is being compared.
 */
export async function measureInTurn<Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, (round: number) => Promise<unknown>>>,
): Promise<Record<Name, Times>> {
  const names = Object.keys(runs) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const warmUp = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const name of names) {
      const start = performance.now();
      await runs[name](round);
      if (round >= warmUp) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timesOf(times[name])])) as Record<Name, Times>;
}

export function timesOf(times: readonly number[]): Times {
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

export const ms = (value: number) => `${value.toFixed(1)} ms`;

export const shown = ({ p50, p95 }: Times) => `p50 ${ms(p50)}, p95 ${ms(p95)}`;

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}
