import { termsOf } from "./words.ts";

/** Longer names are compared by their beginning: the cost is quadratic. */
const MAX_COMPARED = 64;
/** Below this likeness (0 to 1) a proposal would only distract. */
const MIN_LIKENESS = 0.4;

/** The at most `count` candidates that `name` was probably meant to be, best first; equal ones in the order of their names. */
export function closest(name: string, candidates: readonly string[], count: number): string[] {
  const wanted = name.slice(0, MAX_COMPARED);
  const words = new Set(termsOf(wanted));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, likeness: likeness(wanted, words, candidate.slice(0, MAX_COMPARED)) }))
    .filter((each) => each.likeness >= MIN_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map((each) => each.candidate);
}

/** The better of two views: typing mistakes, and the right words in another order. */
function likeness(name: string, words: ReadonlySet<string>, candidate: string): number {
  const others = new Set(termsOf(candidate));
  const shared = words.intersection(others).size / Math.max(words.union(others).size, 1);
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const spelling = 1 - distance(a, b) / Math.max(a.length, b.length, 1);
  return Math.max(shared, spelling) + Math.min(shared, spelling) / 10;
}

/** Levenshtein distance in UTF-16 units, row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next: number[] = [];
    let left = i + 1;
    let diagonal = i;
    next.push(left);
    for (const [j, above] of row.slice(1).entries()) {
      left = Math.min(above + 1, left + 1, diagonal + (a[i] === b[j] ? 0 : 1));
      diagonal = above;
      next.push(left);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
