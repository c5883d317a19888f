/**
 * `npm run bench:catalogs`: what a model is shown of real catalogues, and what that costs. `-- FOLDER` takes catalogues from elsewhere, `-- --write`
 * puts the tables into `docs/catalogs.md`. Times want a quiet machine; everything else is the same on any.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../support/proxy.ts";
import { costTable } from "./catalog-cost.ts";
import { readCatalogues } from "./catalogues.ts";
import { budgetTable, tokenTable } from "./description-sizes.ts";
import { benchSearch } from "./search.ts";
import { typesTable } from "./types.ts";

const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });
const catalogues = readCatalogues(positionals[0]);
const sections: (readonly [title: string, lines: readonly string[]])[] = [
  ["Tokens (o200k) of the declarations, against name, description and inputSchema as minified JSON", tokenTable(catalogues)],
  ["The description within its budget", budgetTable(catalogues)],
  ["Types", typesTable(catalogues)],
  ["Time for catalog and description", costTable(catalogues)],
];
// The labelled queries belong to our own catalogues.
if (positionals[0] === undefined) sections.push(["Search", benchSearch()]);
const text = sections.map(([title, lines]) => `## ${title}\n\n${lines.join("\n")}\n`).join("\n");
console.log(text);
if (values.write === true) writeBetweenMarkers(join(ROOT, "docs/catalogs.md"), text);

function writeBetweenMarkers(file: string, figures: string): void {
  const before = readFileSync(file, "utf8");
  const [start, end] = ["<!-- figures:start -->", "<!-- figures:end -->"];
  const [from, to] = [before.indexOf(start), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the figures, between ${start} and ${end}`);
  writeFileSync(file, `${before.slice(0, from + start.length)}\n\n${figures}\n${before.slice(to)}`);
}
