import { phrasesAt } from "./meanings.ts";
import type { Meaning } from "./meanings.ts";
import type { ToolIndex } from "./tool-index.ts";
import { isFiller, readWords, stemOf } from "./words.ts";

const MAX_QUERY_CHARS = 500;
const MAX_WORDS = 40;
/** How much a match counts that is not the word itself. */
const SAME = 0.95;
const ALIKE = 0.75;
const MISSPELT = 0.8;

/** A term of the index that a wish can be met by. */
interface Form {
  readonly term: string;
  /** 0 to 1. */
  readonly weight: number;
}

/** One word of a query, or several that are one thing. */
export interface Wish {
  readonly forms: readonly Form[];
  /** The words of an abbreviation's long form: all of them together meet it as well. */
  readonly parts: readonly string[];
}

export interface Query {
  /** As they were written, fillers left out. */
  readonly words: readonly string[];
  readonly wishes: readonly Wish[];
  /** What the query wants to have done, as far as it says so. */
  readonly actions: ReadonlySet<string>;
}

/** What a query asks for, in terms of an index. Without a word, as in `""` or `"?"`, there are no wishes. */
export function readQuery(text: string, index: ToolIndex): Query {
  const read = readWords(text.slice(0, MAX_QUERY_CHARS));
  const all = read.words.slice(0, MAX_WORDS);
  const telling = all.filter((word) => !isFiller(word));
  const words = telling.length > 0 ? telling : all;
  const stems = all.map(stemOf);
  const wishes: Wish[] = [];
  const actions = new Set<string>();
  const formsOf = (meanings: readonly Meaning[], weight = 1): Form[] => {
    for (const { action } of meanings) if (action !== undefined) actions.add(action);
    return meanings.map(({ term, same }) => ({ term, weight: weight * (same ? SAME : ALIKE) }));
  };
  for (let at = 0; at < all.length; at += 1) {
    const [phrase] = phrasesAt(stems, at);
    if (phrase !== undefined && phrase.length > 1) {
      const spelledOut = phrase.meanings.some(({ same }) => same);
      const parts = stems.slice(at, at + phrase.length).filter((_, offset) => !isFiller(all[at + offset] ?? ""));
      wishes.push({ forms: formsOf(phrase.meanings), parts: spelledOut ? parts : [] });
      at += phrase.length - 1;
      continue;
    }
    const [word = "", stem = ""] = [all[at], stems[at]];
    if (isFiller(word) && words !== all) continue;
    if (phrase !== undefined || index.postings(stem).length > 0) {
      wishes.push({ forms: [{ term: stem, weight: 1 }, ...formsOf(phrase?.meanings ?? [])], parts: [] });
      continue;
    }
    const meant = new Set(index.spelling.nearest(word).map(stemOf));
    const forms = Array.from(meant, (each) => {
      const meanings = phrasesAt([each], 0).flatMap((found) => found.meanings);
      return [{ term: each, weight: MISSPELT }, ...formsOf(meanings, MISSPELT)];
    });
    wishes.push({ forms: forms.flat(), parts: [] });
  }
  for (const compound of read.compounds) {
    if (index.postings(compound).length > 0) wishes.push({ forms: [{ term: compound, weight: 1 }], parts: [] });
  }
  return { words, wishes, actions };
}
