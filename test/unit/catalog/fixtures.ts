import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool, UpstreamListing } from "../../../src/core/tool.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/catalogues");

/** What real servers answer to `tools/list`, as listings; the key is the name of the file. */
export const LISTINGS: readonly UpstreamListing[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => {
    const { tools } = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { tools: Tool[] };
    return { key: file.replace(".json", ""), status: "ready", tools, skipped: [] };
  });
