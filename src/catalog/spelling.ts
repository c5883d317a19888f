/** Shorter words are too like one another. */
const MIN_CHARS = 4;
/** From this length on, two mistakes are forgiven instead of one. */
const LONG_CHARS = 8;
const MAX_PROPOSALS = 3;
const ACODE = 97;

interface Known {
  readonly word: string;
  /** Which letters it has, as bits: two words that differ in many letters need not be compared. */
  readonly letters: number;
  readonly uses: number;
}

/** Which known words a misspelt one can be. */
export class Spelling {
  readonly #byLength = new Map<number, Known[]>();

  /** `words` -> how often each is used: of equally near ones the most used come first. */
  constructor(words: ReadonlyMap<string, number>) {
    for (const [word, uses] of words) {
      const known = { word, letters: lettersOf(word), uses };
      const others = this.#byLength.get(word.length);
      if (others === undefined) this.#byLength.set(word.length, [known]);
      else others.push(known);
    }
  }

  /** The at most three nearest words, none if nothing is near. */
  nearest(word: string): string[] {
    if (word.length < MIN_CHARS || !/^\p{L}+$/u.test(word)) return [];
    const most = word.length < LONG_CHARS ? 1 : 2;
    const letters = lettersOf(word);
    const found: { known: Known; mistakes: number }[] = [];
    for (let length = Math.max(word.length - most, 3); length <= word.length + most; length += 1) {
      for (const known of this.#byLength.get(length) ?? []) {
        if (bitsOf(letters ^ known.letters) > 2 * most) continue;
        const mistakes = mistakesBetween(word, known.word, most);
        // The first letter is the one that is seldom wrong.
        if (mistakes <= most) found.push({ known, mistakes: mistakes + (known.word[0] === word[0] ? 0 : 0.5) });
      }
    }
    const least = Math.min(...found.map(({ mistakes }) => mistakes));
    return found
      .filter(({ mistakes }) => mistakes === least)
      .sort((a, b) => b.known.uses - a.known.uses || (a.known.word < b.known.word ? -1 : 1))
      .slice(0, MAX_PROPOSALS)
      .map(({ known }) => known.word);
  }
}

/**
 * How many letters are wrong, missing, too many or swapped with their neighbour, in UTF-16 units. The cost is the product of the lengths;
 * beyond `most` the answer is only some number above it.
 */
export function mistakesBetween(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, at(above, j - 2) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    above = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}

function lettersOf(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) bits |= 1 << ((word.charCodeAt(index) - ACODE) & 31);
  return bits;
}

function bitsOf(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
