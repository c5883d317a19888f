import type { SkippedTool, Tool, UpstreamListing } from "../core/tool.ts";
import { checkedDeclarations, declareNamespace, declareTool } from "./declarations.ts";
import type { Level } from "./declarations.ts";
import { identifiersOf, namespaceOf } from "./names.ts";
import type { Type } from "./type-tree.ts";

/** A tool as a program sees it: `namespace.identifier`. */
export interface CatalogTool {
  readonly namespace: string;
  readonly identifier: string;
  /** The configured key of the upstream; the tool's own name there is `tool.name`. */
  readonly upstream: string;
  readonly tool: Tool;
  /** What its results have looked like, if it does not say itself what they are. */
  readonly learned?: Type;
}

export interface CatalogNamespace {
  readonly name: string;
  /** The configured key. */
  readonly upstream: string;
  readonly status: UpstreamListing["status"];
  readonly why?: string;
  readonly instructions?: string;
  readonly codeMode?: true;
  readonly resources?: true;
  readonly prompts?: true;
  /** Sorted by identifier. */
  readonly tools: readonly CatalogTool[];
  /** Sorted by name. */
  readonly skipped: readonly SkippedTool[];
}

/** What one caller can call at one moment. The same listings give the same bytes, in whatever order they arrive. */
export interface Catalog {
  /** Sorted by name. */
  readonly namespaces: readonly CatalogNamespace[];
  namespace(name: string): CatalogNamespace | undefined;
  find(namespace: string, identifier: string): CatalogTool | undefined;
}

/** What the results of an upstream's tool have looked like. */
export type LearnedOf = (upstream: string, tool: Tool) => Type | undefined;

const NOTHING_LEARNED: LearnedOf = () => undefined;

type NamespaceTools = Pick<CatalogNamespace, "upstream" | "tools" | "skipped">;

const TWICE = "the upstream lists this name more than once; the first definition is used";

/** The catalog of what the upstreams list; those that are not ready stay in it by name. Never throws. */
export function buildCatalog(listings: readonly UpstreamListing[], learnedOf: LearnedOf = NOTHING_LEARNED): Catalog {
  const namespaces = listings
    .map((listing) => namespaceFrom(listing, learnedOf))
    .sort((a, b) => compare(a.name, b.name) || compare(a.upstream, b.upstream));
  // The configuration refuses two keys with one namespace; if it happens all the same, the first is the one that exists.
  const byName = new Map<string, CatalogNamespace>();
  for (const namespace of namespaces) if (!byName.has(namespace.name)) byName.set(namespace.name, namespace);
  return {
    namespaces,
    namespace: (name) => byName.get(name),
    find: (namespace, identifier) => byIdentifier(byName.get(namespace)?.tools ?? []).get(identifier),
  };
}

/** What is made of one list of tools, kept for as long as the list: an upstream that has not changed is not processed again. */
interface Made {
  readonly texts: Map<Level | "checked", string>;
  byIdentifier?: ReadonlyMap<string, CatalogTool>;
}

const made = new WeakMap<readonly CatalogTool[], Made>();
const listed = new WeakMap<readonly Tool[], { readonly learnedOf: LearnedOf; readonly tools: NamespaceTools }>();

/** The TypeScript text of a namespace at one level of detail, or what programs are checked against. */
export function declare({ name, tools }: CatalogNamespace, level: Level | "checked"): string {
  const { texts } = madeOf(tools);
  const known = texts.get(level);
  if (known !== undefined) return known;
  const text = level === "checked" ? checkedDeclarations(name, tools) : declareNamespace(name, tools, level);
  texts.set(level, text);
  return text;
}

/** The TypeScript text of one tool, within its namespace, with everything that the upstream says of it. */
export function declarationOf(tool: CatalogTool): string {
  return declareTool(tool.namespace, tool);
}

function madeOf(tools: readonly CatalogTool[]): Made {
  const known = made.get(tools) ?? { texts: new Map() };
  made.set(tools, known);
  return known;
}

function byIdentifier(tools: readonly CatalogTool[]): ReadonlyMap<string, CatalogTool> {
  const known = madeOf(tools);
  known.byIdentifier ??= new Map(tools.map((tool) => [tool.identifier, tool]));
  return known.byIdentifier;
}

function namespaceFrom(listing: UpstreamListing, learnedOf: LearnedOf): CatalogNamespace {
  const before = listed.get(listing.tools);
  const same = before?.tools.upstream === listing.key && before.learnedOf === learnedOf;
  const tools = same ? before.tools : toolsFrom(listing, learnedOf);
  listed.set(listing.tools, { learnedOf, tools });
  return {
    name: namespaceOf(listing.key),
    status: listing.status,
    ...(listing.why === undefined ? {} : { why: listing.why }),
    ...(listing.instructions === undefined ? {} : { instructions: listing.instructions }),
    ...(listing.codeMode === true && { codeMode: true }),
    ...(listing.resources === true && { resources: true }),
    ...(listing.prompts === true && { prompts: true }),
    ...tools,
  };
}

function toolsFrom(listing: UpstreamListing, learnedOf: LearnedOf): NamespaceTools {
  const namespace = namespaceOf(listing.key);
  const byName = new Map<string, Tool>();
  const skipped = [...listing.skipped];
  for (const tool of listing.tools) {
    if (byName.has(tool.name)) skipped.push({ name: tool.name, why: TWICE });
    else byName.set(tool.name, tool);
  }
  const tools = [...identifiersOf([...byName.keys()])].flatMap(([toolName, identifier]): CatalogTool[] => {
    const tool = byName.get(toolName);
    if (tool === undefined) return [];
    const learned = learnedOf(listing.key, tool);
    return [{ namespace, identifier, upstream: listing.key, tool, ...(learned !== undefined && { learned }) }];
  });
  return {
    upstream: listing.key,
    tools: tools.sort((a, b) => compare(a.identifier, b.identifier)),
    skipped: skipped.sort((a, b) => compare(a.name, b.name) || compare(a.why, b.why)),
  };
}

/** By UTF-16 code unit: the same on every machine, unlike a locale's order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
