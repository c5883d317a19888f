/** The candidate that a mistyped word most likely means; undefined if none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  // Two slips in a short key, more in a long one: beyond that a suggestion is noise.
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    // The difference in length is a lower bound, and keeps a very long key from costing time.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const between = distance(word.toLowerCase(), candidate.toLowerCase());
    if (between < Math.min(bestDistance, candidate.length)) [best, bestDistance] = [candidate, between];
  }
  return best;
}

/** Levenshtein's distance, by rows. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
