import { phrasesAt } from "./meanings.ts";
import type { Meaning } from "./meanings.ts";
import { mistakesBetween } from "./spelling.ts";
import { stemOf, readWords } from "./words.ts";

/** Longer names are compared by their beginning: the cost is quadratic. */
const MAX_COMPARED = 64;
/** Below this likeness (0 to 1) a proposal would only distract. */
const MIN_LIKENESS = 0.4;
/** How alike two words are that are not the same one. */
const LIKENESS = { same: 0.95, misspelt: 0.8, alike: 0.7 };
const SHORT_WORD = 4;

/** A word of a name, or the long form of an abbreviation. */
interface Part {
  readonly text: string;
  readonly stem: string;
  readonly meanings: readonly Meaning[];
}

/** The at most `count` candidates that `name` was probably meant to be, best first; equal ones in the order of their names. */
export function closest(name: string, candidates: readonly string[], count: number): string[] {
  const wanted = name.slice(0, MAX_COMPARED);
  const parts = partsOf(wanted);
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, likeness: likeness(wanted, parts, candidate.slice(0, MAX_COMPARED)) }))
    .filter((each) => each.likeness >= MIN_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map((each) => each.candidate);
}

/** The better of two views: typing mistakes, and the right words, or synonyms of them, in whatever order. */
function likeness(name: string, parts: readonly Part[], candidate: string): number {
  const others = partsOf(candidate);
  const shared = parts.reduce((sum, part) => sum + Math.max(0, ...others.map((other) => likenessOf(part, other))), 0);
  const words = shared / Math.max(parts.length, others.length, 1);
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const spelling = 1 - mistakesBetween(a, b) / Math.max(a.length, b.length, 1);
  return Math.max(words, spelling) + Math.min(words, spelling) / 10;
}

function likenessOf(a: Part, b: Part): number {
  if (a.stem === b.stem) return 1;
  const common = a.meanings.filter((meaning) => b.meanings.includes(meaning));
  if (common.some(({ same }) => same)) return LIKENESS.same;
  const most = Math.min(a.text.length, b.text.length) < SHORT_WORD ? 0 : 2;
  if (mistakesBetween(a.text, b.text, most) <= Math.min(most, a.text.length / 4)) return LIKENESS.misspelt;
  return common.length > 0 ? LIKENESS.alike : 0;
}

function partsOf(name: string): Part[] {
  const { words } = readWords(name);
  const stems = words.map(stemOf);
  const parts: Part[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const phrase = phrasesAt(stems, at).find(({ length, meanings }) => length === 1 || meanings.some(({ same }) => same));
    const length = phrase?.length ?? 1;
    parts.push({
      text: words.slice(at, at + length).join(" "),
      stem: stems.slice(at, at + length).join(" "),
      meanings: phrase?.meanings ?? [],
    });
    at += length - 1;
  }
  return parts;
}
