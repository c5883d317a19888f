import type { Query, Wish } from "./query.ts";
import type { IndexedTool, ToolIndex } from "./tool-index.ts";

/** The constants of BM25: how soon repetition stops to count, and how much long texts pay. */
const K1 = 2.5;
const B = 0.65;
/** How much of the score depends on the share of the query that is met, 0 to 1. */
const COVERAGE = 0.6;
/** What a name gains that is met whole, and one that has the very words of the query. */
const WHOLE_NAME = 0.3;
const VERY_WORDS = 0.1;
/** What is left of a tool whose name says that it does something else than what is wanted. */
const OTHER_ACTION = 0.75;

/**
 * The tools that fit a query, best first, equal ones in the order of the catalog. BM25 with one change that synonyms need: a wish is met by its
 * best form, not by the sum of them, and how rare it is depends on all its forms, so that a rare word is not worth more than its common synonym.
 */
export function rank(index: ToolIndex, query: Query): IndexedTool[] {
  const sums = new Float64Array(index.tools.length);
  const shares = new Float64Array(index.tools.length);
  let most = 0;
  for (const wish of query.wishes) {
    const { scores, worth } = meet(index, wish);
    most += worth;
    for (const [at, score] of scores.entries()) {
      if (score === 0) continue;
      sums[at] = (sums[at] ?? 0) + score;
      shares[at] = (shares[at] ?? 0) + Math.min(score, worth);
    }
  }
  const terms = new Set(query.wishes.flatMap(({ forms, parts }) => [...forms.map(({ term }) => term), ...parts]));
  const found: { at: number; tool: IndexedTool; score: number }[] = [];
  for (const [at, tool] of index.tools.entries()) {
    const sum = sums[at] ?? 0;
    if (sum === 0) continue;
    const covered = 1 - COVERAGE + (COVERAGE * (shares[at] ?? 0)) / most;
    found.push({ at, tool, score: sum * covered * nameFit(tool, query, terms) });
  }
  return found.sort((a, b) => b.score - a.score || a.at - b.at).map(({ tool }) => tool);
}

/** How well each tool meets a wish; `worth` is about what a tool scores that has it once. */
function meet(index: ToolIndex, { forms, parts }: Wish): { scores: Float64Array; worth: number } {
  const scores = new Float64Array(index.tools.length);
  let worth = 0;
  const commonest = Math.max(0, ...forms.map(({ term }) => index.postings(term).length));
  for (const { term, weight } of forms) {
    const postings = index.postings(term);
    if (postings.length === 0) continue;
    const value = (weight * (index.rarity(postings.length) + index.rarity(commonest))) / 2;
    worth = Math.max(worth, value);
    for (const { at, weight: amount } of postings) {
      const length = (index.tools[at]?.length ?? 0) / index.averageLength;
      const score = (value * amount * (K1 + 1)) / (amount + K1 * (1 - B + B * length));
      if (score > (scores[at] ?? 0)) scores[at] = score;
    }
  }
  if (parts.length === 0) return { scores, worth };
  const all = parts.map((part) => meet(index, { forms: [{ term: part, weight: 1 }], parts: [] }));
  const together = (at: number) => all.reduce((sum, part) => sum + (part.scores[at] ?? 0), 0);
  return {
    scores: scores.map((score, at) => Math.max(score, together(at))),
    worth: Math.max(
      worth,
      all.reduce((sum, part) => sum + part.worth, 0),
    ),
  };
}

function nameFit(tool: IndexedTool, { words, actions }: Query, terms: ReadonlySet<string>): number {
  const met = tool.name.terms.filter((each) => each.some((term) => terms.has(term))).length;
  const whole = 1 + (WHOLE_NAME * met) / Math.max(tool.name.terms.length, 1);
  const same = words.filter((word) => tool.name.words.has(word)).length;
  const very = 1 + (VERY_WORDS * same) / Math.max(words.length, 1);
  const other = actions.size > 0 && tool.name.actions.size > 0 && actions.isDisjointFrom(tool.name.actions);
  return whole * very * (other ? OTHER_ACTION : 1);
}
