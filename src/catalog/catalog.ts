import type { SkippedTool, Tool, UpstreamListing } from "../core/tool.ts";
import { declareNamespace } from "./declarations.ts";
import { identifiersOf, namespaceOf } from "./names.ts";

/** A tool as a program sees it: `namespace.identifier`. */
export interface CatalogTool {
  readonly namespace: string;
  readonly identifier: string;
  /** The configured key of the upstream; the tool's own name there is `tool.name`. */
  readonly upstream: string;
  readonly tool: Tool;
}

export interface CatalogNamespace {
  readonly name: string;
  /** The configured key. */
  readonly upstream: string;
  readonly status: UpstreamListing["status"];
  readonly why?: string;
  readonly instructions?: string;
  /** Sorted by identifier. */
  readonly tools: readonly CatalogTool[];
  /** Sorted by name. */
  readonly skipped: readonly SkippedTool[];
}

/** What one caller can call at one moment. The same listings give the same bytes, in whatever order they arrive. */
export interface Catalog {
  /** Sorted by name. */
  readonly namespaces: readonly CatalogNamespace[];
  /** The TypeScript text of every namespace that is ready. Made when first asked for. */
  readonly declarations: string;
  namespace(name: string): CatalogNamespace | undefined;
  find(namespace: string, identifier: string): CatalogTool | undefined;
  /** The TypeScript text of one tool, within its namespace. */
  declarationOf(tool: CatalogTool): string;
}

const TWICE = "the upstream lists this name more than once; the first definition is used";

/** The catalog of what the upstreams list; those that are not ready stay in it by name, without declarations. Never throws. */
export function buildCatalog(listings: readonly UpstreamListing[]): Catalog {
  const namespaces = listings.map(namespaceFrom).sort((a, b) => compare(a.name, b.name) || compare(a.upstream, b.upstream));
  // The configuration refuses two keys with one namespace; if it happens all the same, the first is the one that exists.
  const byName = new Map<string, { namespace: CatalogNamespace; tools: ReadonlyMap<string, CatalogTool> }>();
  for (const namespace of namespaces) {
    const tools = new Map(namespace.tools.map((tool) => [tool.identifier, tool]));
    if (!byName.has(namespace.name)) byName.set(namespace.name, { namespace, tools });
  }
  let declarations: string | undefined;
  return {
    namespaces,
    get declarations() {
      declarations ??= [...byName.values()]
        .filter(({ namespace }) => namespace.status === "ready")
        .map(({ namespace }) => declareNamespace(namespace.name, namespace.tools))
        .join("");
      return declarations;
    },
    namespace: (name) => byName.get(name)?.namespace,
    find: (namespace, identifier) => byName.get(namespace)?.tools.get(identifier),
    declarationOf: (tool) => declareNamespace(tool.namespace, [tool]),
  };
}

function namespaceFrom(listing: UpstreamListing): CatalogNamespace {
  const name = namespaceOf(listing.key);
  const byName = new Map<string, Tool>();
  const skipped = [...listing.skipped];
  for (const tool of listing.tools) {
    if (byName.has(tool.name)) skipped.push({ name: tool.name, why: TWICE });
    else byName.set(tool.name, tool);
  }
  const tools = [...identifiersOf([...byName.keys()])].flatMap(([toolName, identifier]): CatalogTool[] => {
    const tool = byName.get(toolName);
    return tool === undefined ? [] : [{ namespace: name, identifier, upstream: listing.key, tool }];
  });
  return {
    name,
    upstream: listing.key,
    status: listing.status,
    ...(listing.why === undefined ? {} : { why: listing.why }),
    ...(listing.instructions === undefined ? {} : { instructions: listing.instructions }),
    tools: tools.sort((a, b) => compare(a.identifier, b.identifier)),
    skipped: skipped.sort((a, b) => compare(a.name, b.name) || compare(a.why, b.why)),
  };
}

/** By UTF-16 code unit: the same on every machine, unlike a locale's order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
