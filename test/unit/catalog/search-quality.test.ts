import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { search } from "../../../src/catalog/search.ts";
import { plainBm25 } from "../../support/plain-bm25.ts";
import { QUERIES, qualityOf } from "../../support/search-quality.ts";
import { LISTINGS } from "./fixtures.ts";

const catalog = buildCatalog(LISTINGS);
const find = (among: Catalog, query: string) => search(among, query, { limit: 5 }).map(({ name }) => name);
const halves = Object.entries(QUERIES).map(([name, { person, model }]) => ({ name, queries: [...person, ...model] }));

describe("the quality of search over 21 real servers at once", () => {
  it("is measured on at least 150 queries with answers that exist, half of them a person's", () => {
    const { person, model } = {
      person: [...QUERIES.tuning.person, ...QUERIES.heldOut.person],
      model: [...QUERIES.tuning.model, ...QUERIES.heldOut.model],
    };
    expect(person.length).toBeGreaterThanOrEqual(75);
    expect(model.length).toBeGreaterThanOrEqual(75);
    const all = [...person, ...model];
    expect(new Set(all.map(({ query }) => query)).size).toBe(all.length);
    const names = new Set(catalog.namespaces.flatMap(({ tools }) => tools.map((tool) => `${tool.namespace}.${tool.identifier}`)));
    expect(all.flatMap(({ accept }) => accept).filter((name) => !names.has(name))).toEqual([]);
    expect(all.filter(({ accept }) => accept.length === 0)).toEqual([]);
    expect(new Set(all.flatMap(({ accept }) => accept.map((name) => name.split(".")[0]))).size).toBe(21);
  });

  it.each(halves)("has the right tool first for 70 % and among the first 5 for 90 % of the $name half", ({ queries }) => {
    const quality = qualityOf(queries, catalog, find);
    expect(quality.first / quality.queries).toBeGreaterThanOrEqual(0.7);
    expect(quality.firstFive / quality.queries).toBeGreaterThanOrEqual(0.9);
  });

  it.each(halves)("removes at least half of the misses of a plain BM25 in the $name half", ({ queries }) => {
    const ours = qualityOf(queries, catalog, find);
    const plain = qualityOf(queries, catalog, plainBm25);
    expect(ours.queries - ours.firstFive).toBeLessThanOrEqual((plain.queries - plain.firstFive) / 2);
  });
});
