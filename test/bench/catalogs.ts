/** What the declarations and the description of real catalogues cost: tokens (o200k), characters, time. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Tiktoken } from "js-tiktoken/lite";
import o200k from "js-tiktoken/ranks/o200k_base";
import { buildCatalog, declare } from "../../src/catalog/catalog.ts";
import { LEVELS } from "../../src/catalog/declarations.ts";
import { describeTool } from "../../src/mcp/description.ts";
import { parseToolList } from "../../src/upstream/tool-list.ts";

interface RawTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: unknown;
}

const FOLDER = process.argv[2] ?? join(import.meta.dirname, "../fixtures/catalogues");
const encoding = new Tiktoken(o200k);
const tokens = (text: string) => encoding.encode(text, "all").length;

const catalogues = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => ({
    key: file.replace(/\.json$/, ""),
    tools: (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { tools: RawTool[] }).tools,
  }));
const listingOf = ({ key, tools }: (typeof catalogues)[number]) => ({ key, status: "ready" as const, ...parseToolList(tools) });
const jsonOf = ({ name, description, inputSchema }: RawTool) => JSON.stringify({ name, description, inputSchema });
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

const all = { tools: 0, json: 0, levels: LEVELS.map(() => 0) };
const rows = catalogues.map((catalogue) => {
  const [namespace] = buildCatalog([listingOf(catalogue)]).namespaces;
  if (namespace === undefined) throw new Error(`${catalogue.key} makes no namespace`);
  const json = catalogue.tools.reduce((sum, tool) => sum + tokens(jsonOf(tool)), 0);
  const levels = LEVELS.map((level) => tokens(declare(namespace, level)));
  all.tools += catalogue.tools.length;
  all.json += json;
  for (const [index, count] of levels.entries()) all.levels[index] = (all.levels[index] ?? 0) + count;
  return [catalogue.key, catalogue.tools.length, json, ...levels.map((count) => percent(count, json))];
});
table(
  ["catalogue", "tools", "JSON tokens", ...LEVELS],
  [...rows, ["all", all.tools, all.json, ...all.levels.map((count) => percent(count, all.json))]],
);

const small = catalogues.filter(({ key }) => ["everything", "filesystem", "memory"].includes(key));
table(
  ["description of", "budget", "characters", "not in full"],
  [small, catalogues].flatMap((some) =>
    [2_000, 4_000, 16_000].map((budget) => {
      const text = describeTool(buildCatalog(some.map(listingOf)), budget);
      const note = text.match(/^(?:Shortened|Without remarks|Names alone|Not shown)[^:]*: /gm) ?? [];
      return [`${some.length} servers`, budget, text.length, note.map((line) => line.slice(0, -2)).join("; ") || "-"];
    }),
  ),
);

/** Copies of the catalogues under other keys, until there are so many tools. */
function many(count: number): ReturnType<typeof listingOf>[] {
  const listings: ReturnType<typeof listingOf>[] = [];
  for (let copy = 0, tools = 0; tools < count; copy += 1) {
    for (const { key, tools: own } of catalogues) {
      if (tools >= count) break;
      listings.push(listingOf({ key: `${key}_${copy}`, tools: own.slice(0, count - tools) }));
      tools += own.length;
    }
  }
  return listings;
}

const times = [500, 5_000].map((count) => {
  const listings = many(count);
  const started = performance.now();
  describeTool(buildCatalog(listings), 16_000);
  const cold = performance.now() - started;
  const again = performance.now();
  describeTool(buildCatalog(listings), 16_000);
  return [count, `${cold.toFixed(0)} ms`, `${(performance.now() - again).toFixed(0)} ms`];
});
table(["tools", "catalog and description, cold", "again, unchanged"], times);

function table(head: readonly string[], body: readonly (readonly (string | number)[])[]): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...body.map(line), ""].join("\n"));
}
