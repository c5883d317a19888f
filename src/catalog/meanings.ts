import { ABBREVIATIONS, ALIKE, CHANGING, READING } from "./synonyms.ts";
import { stemOf, readWords } from "./words.ts";

/** What a row of synonyms stands for. */
export interface Meaning {
  /** Stands in an index for every form of the row. No word begins with its `#`. */
  readonly term: string;
  /** Whether the forms of the row are the same thing, not merely used for one another. */
  readonly same: boolean;
  /** What it does, if it is an action; all ways of reading are one. */
  readonly action: string | undefined;
}

/** Several words at one place that mean something together, or one. */
export interface Phrase {
  /** How many words. */
  readonly length: number;
  readonly meanings: readonly Meaning[];
}

const BY_STEMS = new Map<string, Meaning[]>();
/** The first word of a phrase -> how many words the longest such phrase has. */
const LONGEST = new Map<string, number>();
const WORDS = new Set<string>();

let rowCount = 0;
for (const [rows, same, action] of [
  [ABBREVIATIONS, true, undefined],
  [READING, false, () => "read"],
  [CHANGING, false, (term: string) => term],
  [ALIKE, false, undefined],
] as const) {
  for (const forms of rows) {
    rowCount += 1;
    const term = `#${rowCount}`;
    const meaning = { term, same, action: action?.(term) };
    for (const form of forms) {
      const { words } = readWords(form);
      for (const word of words) WORDS.add(word);
      const stems = words.map(stemOf);
      const [first = ""] = stems;
      LONGEST.set(first, Math.max(LONGEST.get(first) ?? 1, stems.length));
      const key = stems.join(" ");
      BY_STEMS.set(key, [...(BY_STEMS.get(key) ?? []), meaning]);
    }
  }
}

/** Every word of the tables of synonyms. */
export const KNOWN_WORDS: ReadonlySet<string> = WORDS;

export function meaningsOf(stem: string): readonly Meaning[] {
  return BY_STEMS.get(stem) ?? [];
}

/** The phrases that begin at `index`, longest first. */
export function phrasesAt(stems: readonly string[], index: number): Phrase[] {
  const phrases: Phrase[] = [];
  for (let length = LONGEST.get(stems[index] ?? "") ?? 0; length > 0; length -= 1) {
    if (index + length > stems.length) continue;
    const meanings = BY_STEMS.get(length === 1 ? (stems[index] ?? "") : stems.slice(index, index + length).join(" "));
    if (meanings !== undefined) phrases.push({ length, meanings });
  }
  return phrases;
}
