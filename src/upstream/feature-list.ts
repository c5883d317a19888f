import { isSpecType, METHOD_NOT_FOUND, ProtocolError } from "@modelcontextprotocol/client";
import type { Client } from "@modelcontextprotocol/client";
import type { ListedItem, ListKind } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import { forwardableMeta } from "../core/meta.ts";
import { readPages } from "./pages.ts";
import type { ListMethod } from "./pages.ts";

interface Kind {
  readonly method: ListMethod;
  /** The member of a page that holds the items. */
  readonly member: string;
  readonly capability: "resources" | "prompts";
  /** What an item is asked for by. */
  readonly id: string;
  readonly members: readonly string[];
  readonly isItem: (value: unknown) => boolean;
}

const KINDS: Readonly<Record<ListKind, Kind>> = {
  resources: {
    method: "resources/list",
    member: "resources",
    capability: "resources",
    id: "uri",
    members: ["title", "description", "mimeType", "size", "annotations", "icons", "_meta"],
    isItem: isSpecType.Resource,
  },
  templates: {
    method: "resources/templates/list",
    member: "resourceTemplates",
    capability: "resources",
    id: "uriTemplate",
    members: ["title", "description", "mimeType", "annotations", "icons", "_meta"],
    isItem: isSpecType.ResourceTemplate,
  },
  prompts: {
    method: "prompts/list",
    member: "prompts",
    capability: "prompts",
    id: "name",
    members: ["title", "description", "arguments", "icons", "_meta"],
    isItem: isSpecType.Prompt,
  },
};

/** What an upstream lists of a kind, as much as `listItems` allows, and how many items were left out for that. */
export interface FeatureList {
  readonly items: readonly ListedItem[];
  readonly omitted: number;
}

/** Reads all pages of a list; rejects as `readPages` does. A server that has nothing of the kind has an empty one. */
export async function readFeatureList(
  client: Client,
  kind: ListKind,
  limits: Pick<Limits, "listMs" | "listPages" | "listItems">,
  signal?: AbortSignal,
): Promise<FeatureList> {
  const { method, member, capability } = KINDS[kind];
  if (client.getServerCapabilities()?.[capability] === undefined) return { items: [], omitted: 0 };
  try {
    const items = parseFeatureList(kind, (await readPages(client, method, member, limits, signal)).items);
    return { items: items.slice(0, limits.listItems), omitted: Math.max(0, items.length - limits.listItems) };
  } catch (error) {
    // Many servers with resources have no templates, and no handler for them.
    if (error instanceof ProtocolError && error.code === METHOD_NOT_FOUND) return { items: [], omitted: 0 };
    throw error;
  }
}

/** Item by item, and each member by member: clients refuse a whole list for one bad member. What has no URI or name is left out. */
export function parseFeatureList(kind: ListKind, raw: readonly unknown[]): ListedItem[] {
  return raw.map((item) => parseItem(KINDS[kind], item)).filter((item) => item !== undefined);
}

function parseItem({ id, members, isItem }: Kind, item: unknown): ListedItem | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const own = (member: string): unknown => (Object.hasOwn(item, member) ? (item as Record<string, unknown>)[member] : undefined);
  const named = own(id);
  if (typeof named !== "string" || named === "") return undefined;
  const name = own("name");
  const bare = { [id]: named, name: typeof name === "string" ? name : named };
  const sent = members.map((member) => [member, member === "_meta" ? metaOf(own(member)) : own(member)] as const);
  const accepted = sent.filter(([member, value]) => value !== undefined && isItem({ ...bare, [member]: value }));
  return { ...bare, ...Object.fromEntries(accepted) };
}

function metaOf(meta: unknown): unknown {
  return typeof meta === "object" && meta !== null && !Array.isArray(meta) ? forwardableMeta(meta as Record<string, unknown>) : undefined;
}
