import type { Catalog } from "../../src/catalog/catalog.ts";

interface Text {
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

const K1 = 1.2;
const B = 0.75;
const textsOf = new WeakMap<Catalog, readonly Text[]>();

/** What a search is compared with: BM25 in its textbook form over name and description, words split at everything but letters and digits. */
export function plainBm25(catalog: Catalog, query: string): string[] {
  const texts = textsOf.get(catalog) ?? readTexts(catalog);
  textsOf.set(catalog, texts);
  const average = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
  const terms = wordsIn(query).map((word) => {
    const count = texts.filter(({ counts }) => counts.has(word)).length;
    return { word, rarity: Math.log(1 + (texts.length - count + 0.5) / (count + 0.5)) };
  });
  const scored = texts.map(({ name, counts, length }) => {
    const scores = terms.map(({ word, rarity }) => {
      const count = counts.get(word) ?? 0;
      return (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
    });
    return { name, score: scores.reduce((sum, score) => sum + score, 0) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name);
}

function readTexts(catalog: Catalog): Text[] {
  return catalog.namespaces.flatMap(({ tools }) =>
    tools.map(({ namespace, identifier, tool }) => {
      const words = wordsIn(`${tool.name} ${tool.description ?? ""}`);
      const counts = new Map<string, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      return { name: `${namespace}.${identifier}`, counts, length: words.length };
    }),
  );
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
