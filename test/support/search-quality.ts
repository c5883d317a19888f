import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/catalog/catalog.ts";

interface LabelledQuery {
  readonly query: string;
  /** Each of these is a right answer, as `namespace.identifier`. */
  readonly accept: readonly string[];
}

/** `person`: a goal in plain words, with synonyms, abbreviations and slips. `model`: two to five keywords. */
export type QuerySet = Readonly<Record<"person" | "model", readonly LabelledQuery[]>>;

const FOLDER = join(import.meta.dirname, "../fixtures/queries");

/** Two halves of one set, labelled before anything was ranked. Weights and synonyms were chosen by looking at `tuning` alone. */
export const QUERIES = { tuning: read("tuning"), heldOut: read("held-out") };

export interface Quality {
  readonly queries: number;
  /** How often a right answer came first. */
  readonly first: number;
  /** How often a right answer was among the first five. */
  readonly firstFive: number;
}

export function qualityOf(
  queries: readonly LabelledQuery[],
  catalog: Catalog,
  find: (catalog: Catalog, query: string) => string[],
): Quality {
  const ranks = queries.map(({ query, accept }) => find(catalog, query).findIndex((name) => accept.includes(name)));
  return {
    queries: ranks.length,
    first: ranks.filter((rank) => rank === 0).length,
    firstFive: ranks.filter((rank) => rank >= 0 && rank < 5).length,
  };
}

function read(name: string): QuerySet {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as QuerySet;
}
