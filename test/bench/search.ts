import { buildCatalog } from "../../src/catalog/catalog.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { search } from "../../src/catalog/search.ts";
import type { UpstreamListing } from "../../src/core/tool.ts";
import { plainBm25 } from "../support/plain-bm25.ts";
import { QUERIES, qualityOf } from "../support/search-quality.ts";
import { LISTINGS } from "../unit/catalog/fixtures.ts";

const TOOLS = 5_000;
const ROUNDS = 5;

/** The quality and the time of `codemode.search` as lines of Markdown. */
export function benchSearch(): string[] {
  return [...qualityLines(), "", ...timeLines()];
}

function qualityLines(): string[] {
  const catalog = buildCatalog(LISTINGS);
  const find = (among: Catalog, query: string) => search(among, query, { limit: 5 }).map(({ name }) => name);
  const both = (style: "person" | "model") => [...QUERIES.tuning[style], ...QUERIES.heldOut[style]];
  const rows = [
    ["tuning half, a person's", QUERIES.tuning.person],
    ["tuning half, a model's", QUERIES.tuning.model],
    ["held-out half, a person's", QUERIES.heldOut.person],
    ["held-out half, a model's", QUERIES.heldOut.model],
    ["all", [...both("person"), ...both("model")]],
  ] as const;
  return [
    "| Queries over 21 catalogues at once | n | plain BM25: first | first 5 | `codemode.search`: first | first 5 | misses of the first 5 removed |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(([name, queries]) => {
      const plain = qualityOf(queries, catalog, plainBm25);
      const ours = qualityOf(queries, catalog, find);
      const percent = (part: number, whole: number) => (whole === 0 ? "-" : `${Math.round((100 * part) / whole)} %`);
      const removed = percent(ours.firstFive - plain.firstFive, plain.queries - plain.firstFive);
      return `| ${name} | ${ours.queries} | ${percent(plain.first, plain.queries)} | ${percent(plain.firstFive, plain.queries)} | ${percent(ours.first, ours.queries)} | ${percent(ours.firstFive, ours.queries)} | ${removed} |`;
    }),
  ];
}

function timeLines(): string[] {
  const queries = Object.values(QUERIES)
    .flatMap(({ person, model }) => [...person, ...model])
    .map(({ query }) => query);
  const rows = [LISTINGS, manyListings()].map((listings) => {
    const catalog = buildCatalog(listings);
    const tools = catalog.namespaces.reduce((sum, namespace) => sum + namespace.tools.length, 0);
    const [first] = timesOf(() => search(catalog, "create issue"), 1);
    const times = queries.flatMap((query) => Math.min(...timesOf(() => search(catalog, query), ROUNDS))).sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
    return `| ${tools} | ${(first ?? 0).toFixed(0)} ms | ${at(0.5)} ms | ${at(0.95)} ms | ${at(1)} ms |`;
  });
  return ["| Tools | first search (makes the index) | p50 | p95 | slowest |", "| --- | --- | --- | --- | --- |", ...rows];
}

function timesOf(run: () => unknown, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
}

/** The catalogues again and again, every fifth word of a description another one each time, so that the vocabulary grows with the tools. */
function manyListings(): UpstreamListing[] {
  const size = LISTINGS.reduce((sum, { tools }) => sum + tools.length, 0);
  return Array.from({ length: Math.ceil(TOOLS / size) }, (_, copy) =>
    LISTINGS.map((listing) => ({
      ...listing,
      key: `${listing.key}_${copy}`,
      tools: listing.tools.map((tool) => ({ ...tool, description: rename(tool.description ?? "", copy) })),
    })),
  ).flat();
}

function rename(text: string, copy: number): string {
  const shifted = (word: string) => word.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + copy) % 26)));
  return text
    .split(" ")
    .map((word, index) => (index % 5 === 4 ? shifted(word) : word))
    .join(" ");
}

if (import.meta.main) console.log(benchSearch().join("\n"));
