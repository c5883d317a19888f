import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { configSchema } from "../src/config/schema.ts";
import { LIMITS } from "../src/core/limits.ts";

export const SCHEMA_FILE = join(import.meta.dirname, "../schemas/config.schema.json");
export const DOCS_FILE = join(import.meta.dirname, "../docs/configuration.md");

/** The text of `schemas/config.schema.json`: what may be written into the file, before defaults. */
export function configSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { target: "draft-2020-12", io: "input" }), null, 2)}\n`;
}

/** The Markdown with the table of limits between its markers brought up to date. */
export function withLimitsTable(markdown: string): string {
  const markers = /(<!-- limits:start -->\n)[\s\S]*?(<!-- limits:end -->)/;
  if (!markers.test(markdown)) throw new Error("docs/configuration.md has lost its <!-- limits:start --> and <!-- limits:end -->");
  return markdown.replace(markers, (_all, start: string, end: string) => `${start}\n${limitsTable()}\n${end}`);
}

function limitsTable(): string {
  const number = new Intl.NumberFormat("en-US");
  const rows = Object.entries(LIMITS).map(([name, limit]) => [
    `\`${name}\``,
    limit.unit,
    number.format(limit.default),
    number.format(limit.max),
    limit.reason,
  ]);
  const table = [["Key", "Unit", "Default", "Largest", "What it bounds, and why"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const [head = "", ...body] = table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body, ""].join("\n");
}

if (import.meta.main) {
  await writeFile(SCHEMA_FILE, configSchemaText());
  await writeFile(DOCS_FILE, withLimitsTable(await readFile(DOCS_FILE, "utf8")));
}
