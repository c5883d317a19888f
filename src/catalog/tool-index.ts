import type { Tool } from "../core/tool.ts";
import type { Catalog, CatalogTool } from "./catalog.ts";
import { KNOWN_WORDS, meaningsOf, phrasesAt } from "./meanings.ts";
import { isSchemaObject, ownObject } from "./schema-document.ts";
import { Spelling } from "./spelling.ts";
import { isFiller, readWords, stemOf } from "./words.ts";

/** How much a word weighs by where it stands: what a tool is called says most about it, and a description says first what it is about. */
const WEIGHTS = { name: 6, title: 3, namespace: 2, beginning: 2, description: 0.8, parameter: 0.5 };
const BEGINNING_CHARS = 200;
/** Behind this stand examples and warnings, which name other tools as often as this one. */
const MAX_DESCRIPTION_CHARS = 2_000;
const MAX_NAME_CHARS = 200;
const MAX_PARAMETERS = 60;

/** What is known of one tool. Its terms are stems, and the rows of synonyms that they belong to. */
export interface IndexedTool {
  readonly tool: CatalogTool;
  /** Term -> weight, summed over where it stands. */
  readonly weights: ReadonlyMap<string, number>;
  /** The sum of the weights of its stems. */
  readonly length: number;
  readonly words: ReadonlySet<string>;
  readonly name: IndexedName;
}

interface IndexedName {
  readonly words: ReadonlySet<string>;
  /** For each different word all terms that it has. */
  readonly terms: readonly (readonly string[])[];
  /** What it says that the tool does. */
  readonly actions: ReadonlySet<string>;
}

interface Posting {
  /** Index in `tools`. */
  readonly at: number;
  readonly weight: number;
}

export interface ToolIndex {
  /** In the order of the catalog. */
  readonly tools: readonly IndexedTool[];
  readonly averageLength: number;
  readonly spelling: Spelling;
  /** The tools that have a term. */
  postings(term: string): readonly Posting[];
  /** How much it says that `count` tools have something: 0 if it is all of them. */
  rarity(count: number): number;
}

const indexes = new WeakMap<Catalog, ToolIndex>();
/** A tool whose upstream has not changed is the same object in the next catalog. */
const indexedTools = new WeakMap<Tool, IndexedTool>();

/** The index of a catalog, made when it is first asked for. */
export function indexOf(catalog: Catalog): ToolIndex {
  const known = indexes.get(catalog);
  if (known !== undefined) return known;
  const index = buildIndex(catalog.namespaces.flatMap((namespace) => namespace.tools.map(indexedTool)));
  indexes.set(catalog, index);
  return index;
}

function buildIndex(tools: readonly IndexedTool[]): ToolIndex {
  const postings = new Map<string, Posting[]>();
  const uses = new Map<string, number>(Array.from(KNOWN_WORDS, (word) => [word, 0]));
  let length = 0;
  for (const [at, tool] of tools.entries()) {
    length += tool.length;
    for (const word of tool.words) uses.set(word, (uses.get(word) ?? 0) + 1);
    for (const [term, weight] of tool.weights) {
      const others = postings.get(term);
      if (others === undefined) postings.set(term, [{ at, weight }]);
      else others.push({ at, weight });
    }
  }
  let spelling: Spelling | undefined;
  return {
    tools,
    averageLength: length / Math.max(tools.length, 1),
    get spelling() {
      spelling ??= new Spelling(uses);
      return spelling;
    },
    postings: (term) => postings.get(term) ?? [],
    rarity: (count) => Math.log(1 + (tools.length - count + 0.5) / (count + 0.5)),
  };
}

function indexedTool(tool: CatalogTool): IndexedTool {
  const known = indexedTools.get(tool.tool);
  if (known !== undefined && known.tool.namespace === tool.namespace && known.tool.identifier === tool.identifier) return known;
  const made = readTool(tool);
  indexedTools.set(tool.tool, made);
  return made;
}

function readTool(tool: CatalogTool): IndexedTool {
  const { title, annotations, inputSchema } = tool.tool;
  const name = tool.tool.name.slice(0, MAX_NAME_CHARS);
  const description = (tool.tool.description ?? "").slice(0, MAX_DESCRIPTION_CHARS);
  const parameters = isSchemaObject(inputSchema) ? Object.keys(ownObject(inputSchema, "properties")).slice(0, MAX_PARAMETERS) : [];
  const weights = new Map<string, number>();
  const words = new Set<string>();
  let length = 0;
  const add = (text: string, weight: number): void => {
    const found = readWords(text);
    for (const word of found.words) words.add(word);
    const { stems, meanings } = termsOf(found.words, text === name);
    length += stems.length * weight;
    for (const term of [...stems, ...meanings, ...found.compounds]) weights.set(term, (weights.get(term) ?? 0) + weight);
  };
  add(name, WEIGHTS.name);
  add((title ?? annotations?.title ?? "").slice(0, MAX_NAME_CHARS), WEIGHTS.title);
  add(tool.namespace, WEIGHTS.namespace);
  add(description.slice(0, BEGINNING_CHARS), WEIGHTS.beginning);
  add(description.slice(BEGINNING_CHARS), WEIGHTS.description);
  for (const parameter of parameters) add(parameter.slice(0, MAX_NAME_CHARS), WEIGHTS.parameter);
  return { tool, weights, length, words, name: readName(name) };
}

function readName(name: string): IndexedName {
  const words = new Set(readWords(name).words);
  const stems = [...new Set(Array.from(words, stemOf))];
  return {
    words,
    terms: stems.map((stem) => [stem, ...meaningsOf(stem).map(({ term }) => term)]),
    actions: new Set(stems.flatMap((stem) => meaningsOf(stem).flatMap(({ action }) => action ?? []))),
  };
}

/** In a name every word counts: `get_me`. */
function termsOf(words: readonly string[], isName: boolean): { stems: string[]; meanings: string[] } {
  const all = words.map(stemOf);
  const counts = (index: number) => isName || !isFiller(words[index] ?? "");
  const stems = all.filter((_, index) => counts(index));
  const meanings = all.flatMap((_, index) =>
    phrasesAt(all, index)
      .filter(({ length }) => length > 1 || counts(index))
      .flatMap((phrase) => phrase.meanings.map(({ term }) => term)),
  );
  return { stems, meanings };
}
