import type { Catalog, CatalogTool } from "./catalog.ts";
import { clip, commentLines } from "./comment.ts";
import { signatureOf } from "./declarations.ts";
import { namespaceNamed } from "./describe.ts";
import { isSchemaObject, ownObject } from "./schema-document.ts";
import { formsOf, termsOf, wordsOf } from "./words.ts";

export interface SearchOptions {
  readonly namespace?: string;
  /** At most this many results, 1 to 100. Default 10. */
  readonly limit?: number;
}

export interface SearchResult {
  /** `namespace.identifier`, as a program writes it. */
  readonly name: string;
  readonly signature: string;
  /** The first paragraph of the tool's description, on one line. */
  readonly description: string;
}

/** How much a word weighs by where it stands: what a tool is called says most about it. */
const WEIGHTS = { name: 5, title: 3, namespace: 2, parameter: 1.5, description: 1 };
/** The usual constants of BM25: how soon repetition stops to count, and how much long texts pay. */
const K1 = 1.2;
const B = 0.6;
const MAX_DESCRIPTION_CHARS = 300;

interface Entry {
  readonly tool: CatalogTool;
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

const entriesOf = new WeakMap<Catalog, readonly Entry[]>();

/** The tools that fit `query` best, best first (BM25 over names, parameters and descriptions). An empty query lists all in order. */
export function search(catalog: Catalog, query: string, options: SearchOptions = {}): SearchResult[] {
  if (options.namespace !== undefined) namespaceNamed(catalog, options.namespace);
  const all = entriesOf.get(catalog) ?? catalog.namespaces.flatMap((namespace) => namespace.tools.map(entryOf));
  entriesOf.set(catalog, all);
  const entries = all.filter(({ tool }) => options.namespace === undefined || tool.namespace === options.namespace);
  const limit = Math.min(Math.max(Math.trunc(options.limit ?? 10) || 1, 1), 100);
  const words = [...new Set(wordsOf(query))];
  return rank(entries, words)
    .slice(0, limit)
    .map((tool) => ({
      name: nameOf(tool),
      signature: signatureOf(tool.namespace, tool),
      description: firstParagraph(tool.tool.description ?? tool.tool.title ?? ""),
    }));
}

function rank(entries: readonly Entry[], words: readonly string[]): CatalogTool[] {
  if (words.length === 0) return entries.map(({ tool }) => tool);
  const average = entries.reduce((sum, entry) => sum + entry.length, 0) / Math.max(entries.length, 1);
  const terms = new Set(words.flatMap((word) => formsOf(word).flat()));
  const rarity = new Map(
    [...terms].map((term) => {
      const count = entries.filter((entry) => entry.weights.has(term)).length;
      return [term, Math.log(1 + (entries.length - count + 0.5) / (count + 0.5))];
    }),
  );
  const termScore = (entry: Entry, term: string): number => {
    const weight = entry.weights.get(term) ?? 0;
    return ((rarity.get(term) ?? 0) * weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * entry.length) / average));
  };
  const scored = entries.map((entry) => {
    const scores = words.map((word) =>
      // The long form of an abbreviation counts only when all of its words are there.
      Math.max(...formsOf(word).map((form) => Math.min(...form.map((term) => termScore(entry, term))))),
    );
    const matched = scores.filter((score) => score > 0).length;
    return { tool: entry.tool, score: (scores.reduce((sum, score) => sum + score, 0) * matched) / words.length };
  });
  // The sort is stable: equal scores stay in the order of the catalog.
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ tool }) => tool);
}

function entryOf(tool: CatalogTool): Entry {
  const weights = new Map<string, number>();
  let length = 0;
  const add = (text: string, weight: number): void => {
    for (const term of termsOf(text)) {
      weights.set(term, (weights.get(term) ?? 0) + weight);
      length += weight;
    }
  };
  const { name, title, description, inputSchema } = tool.tool;
  add(name, WEIGHTS.name);
  add(title ?? "", WEIGHTS.title);
  add(tool.namespace, WEIGHTS.namespace);
  add(description ?? "", WEIGHTS.description);
  if (isSchemaObject(inputSchema)) add(Object.keys(ownObject(inputSchema, "properties")).join(" "), WEIGHTS.parameter);
  return { tool, weights, length };
}

function nameOf(tool: CatalogTool): string {
  return `${tool.namespace}.${tool.identifier}`;
}

function firstParagraph(text: string): string {
  const lines = commentLines(text);
  const end = lines.indexOf("");
  return clip(lines.slice(0, end < 0 ? undefined : end).join(" "), MAX_DESCRIPTION_CHARS);
}
