import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { UpstreamListing } from "../../src/core/tool.ts";
import { parseToolList } from "../../src/upstream/tool-list.ts";

export interface RawTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: unknown;
}

/** What one server answered to `tools/list`. */
export interface Catalogue {
  readonly key: string;
  readonly tools: readonly RawTool[];
}

/** The catalogues in a folder, one `{ tools }` a file; ours unless another is named. */
export function readCatalogues(folder: string = join(import.meta.dirname, "../fixtures/catalogues")): Catalogue[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => ({
      key: file.replace(/\.json$/, ""),
      tools: (JSON.parse(readFileSync(join(folder, file), "utf8")) as { tools: RawTool[] }).tools,
    }));
}

export function listingOf({ key, tools }: Catalogue): UpstreamListing {
  return { key, status: "ready", ...parseToolList(tools) };
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
