import type { Catalog, CatalogTool } from "./catalog.ts";
import { clip, commentLines } from "./comment.ts";
import { signatureOf } from "./declarations.ts";
import { namespaceNamed } from "./unknown.ts";
import { readQuery } from "./query.ts";
import { rank } from "./rank.ts";
import { indexOf } from "./tool-index.ts";

export interface SearchOptions {
  readonly namespace?: string;
  /** At most this many results, 1 to 100. Default 10. */
  readonly limit?: number;
}

export interface SearchResult {
  /** `namespace.identifier`, as a program writes it. */
  readonly name: string;
  readonly signature: string;
  /** The first paragraph of the tool's description, on one line. */
  readonly description: string;
}

const MAX_DESCRIPTION_CHARS = 300;

/**
 * The tools that fit `query` best, best first. A query without a word lists all in order. `typed` adds what is known of a tool by now. Throws
 * `tool_unknown` for a namespace that does not exist.
 */
export function search(
  catalog: Catalog,
  query: string,
  options: SearchOptions = {},
  typed: (tool: CatalogTool) => CatalogTool = (tool) => tool,
): SearchResult[] {
  if (options.namespace !== undefined) namespaceNamed(catalog, options.namespace);
  const limit = Math.min(Math.max(Math.trunc(options.limit ?? 10) || 1, 1), 100);
  const index = indexOf(catalog);
  const wanted = readQuery(query, index);
  const found = wanted.words.length === 0 ? index.tools : rank(index, wanted);
  return found
    .filter(({ tool }) => options.namespace === undefined || tool.namespace === options.namespace)
    .slice(0, limit)
    .map(({ tool }) => resultOf(typed(tool)));
}

function resultOf(tool: CatalogTool): SearchResult {
  return {
    name: `${tool.namespace}.${tool.identifier}`,
    signature: signatureOf(tool.namespace, tool),
    description: firstParagraph(tool.tool.description ?? tool.tool.title ?? ""),
  };
}

function firstParagraph(text: string): string {
  const lines = commentLines(text);
  const end = lines.indexOf("");
  return clip(lines.slice(0, end < 0 ? undefined : end).join(" "), MAX_DESCRIPTION_CHARS);
}
