import { Tiktoken } from "js-tiktoken/lite";
import o200k from "js-tiktoken/ranks/o200k_base";
import { buildCatalog, declare } from "../../src/catalog/catalog.ts";
import { LEVELS } from "../../src/catalog/declarations.ts";
import type { Level } from "../../src/catalog/declarations.ts";
import { describeTool } from "../../src/mcp/description.ts";
import { listingOf, table } from "./catalogues.ts";
import type { Catalogue } from "./catalogues.ts";

const AIMS: Readonly<Record<Level, string>> = { full: "60 %", brief: "32 %", signature: "18 %", name: "-" };
const BUDGETS = [2_000, 4_000, 16_000];

export function tokenTable(catalogues: readonly Catalogue[]): string[] {
  const encoding = new Tiktoken(o200k);
  const tokens = (text: string) => encoding.encode(text, "all").length;
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const counts = catalogues.map((catalogue) => {
    const { namespaces } = buildCatalog([listingOf(catalogue)]);
    const json = catalogue.tools.map(({ name, description, inputSchema }) => tokens(JSON.stringify({ name, description, inputSchema })));
    const levels = LEVELS.map((level) => namespaces.reduce((sum, namespace) => sum + tokens(declare(namespace, level)), 0));
    return { key: catalogue.key, tools: catalogue.tools.length, json: json.reduce((sum, count) => sum + count, 0), levels };
  });
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((total, count) => total + of(count), 0);
  const all = {
    key: "**all**",
    tools: sum(({ tools }) => tools),
    json: sum(({ json }) => json),
    levels: LEVELS.map((_, index) => sum(({ levels }) => levels[index] ?? 0)),
  };
  const rows = [...counts, all].map(({ key, tools, json, levels }) => [key, tools, json, ...levels.map((count) => percent(count, json))]);
  return table(["catalogue", "tools", "JSON", ...LEVELS], [...rows, ["at most", "", "", ...LEVELS.map((level) => AIMS[level])]]);
}

export function budgetTable(catalogues: readonly Catalogue[]): string[] {
  const small = catalogues.filter(({ key }) => ["everything", "filesystem", "memory"].includes(key));
  const groups = [
    ...(small.length > 0 ? [{ name: "everything, filesystem, memory", some: small }] : []),
    { name: `all ${catalogues.length}`, some: catalogues },
  ];
  const rows = groups.flatMap(({ name, some }) => {
    const catalog = buildCatalog(some.map(listingOf));
    return BUDGETS.map((budget) => {
      const text = describeTool(catalog, budget);
      const shown = [...LEVELS].map(
        (level) => catalog.namespaces.filter((namespace) => text.includes(declare(namespace, level).trimEnd())).length,
      );
      const none = catalog.namespaces.length - shown.reduce((sum, count) => sum + count, 0);
      return [name, budget, text.length, ...shown, none];
    });
  });
  return table(["servers", "budget", "characters", ...LEVELS, "only in the list"], rows);
}
