import type { CatalogNamespace } from "../catalog/catalog.ts";
import { describe } from "../catalog/describe.ts";
import { programTool } from "../catalog/program-tool.ts";
import { search } from "../catalog/search.ts";
import type { SearchOptions } from "../catalog/search.ts";
import { hasNoTools } from "../catalog/unknown.ts";
import { CodemodeError } from "../core/errors.ts";
import type { LiveCatalog } from "./live-catalog.ts";

/** What a program asks about the catalog. Everything but `op` is as the program gave it. */
export type DiscoveryRequest =
  | { readonly op: "search"; readonly query: unknown; readonly options: unknown }
  | { readonly op: "describe"; readonly name: unknown }
  | { readonly op: "namespaces" };

/** What `codemode.namespaces()` says of each. */
interface NamespaceState extends Pick<CatalogNamespace, "name" | "status" | "why" | "resources" | "prompts" | "instructions"> {
  /** How many tools can be called. */
  readonly tools: number;
  /** The tool by which it takes programs of its own, as text. */
  readonly takesPrograms?: string;
}

const MAX_LIMIT = 100;

/** Answers with plain data. Rejects with CodemodeError: `tool_arguments`, `tool_unknown` or `upstream`. */
export async function discover(request: DiscoveryRequest, live: LiveCatalog): Promise<unknown> {
  switch (request.op) {
    case "search":
      return search(
        live.now(),
        textOf(request.query, SEARCH, 'query is a text such as "create issue"'),
        searchOptions(request.options),
        live.typed,
      );
    case "describe":
      return describeLive(textOf(request.name, DESCRIBE, 'name is a text: "server" or "server.tool"'), live);
    case "namespaces":
      return live.now().namespaces.map(stateOf);
  }
}

async function describeLive(name: string, live: LiveCatalog): Promise<string> {
  const [namespace = "", ...identifier] = name.split(".");
  if (identifier.length > 0) await live.find(namespace, identifier.join("."));
  const found = live.now().namespace(namespace);
  if (found !== undefined && hasNoTools(found)) await live.lookAgain(namespace);
  return describe(live.now(), name, live.typed);
}

function stateOf(namespace: CatalogNamespace): NamespaceState {
  const { name, status, why, resources, prompts, instructions, tools } = namespace;
  const takesPrograms = programTool(namespace)?.identifier;
  return {
    name,
    status,
    ...(why !== undefined && { why }),
    tools: tools.length,
    ...(resources !== undefined && { resources }),
    ...(prompts !== undefined && { prompts }),
    ...(takesPrograms !== undefined && { takesPrograms }),
    ...(instructions !== undefined && { instructions }),
  };
}

const SEARCH = "codemode.search(query, { namespace?, limit? })";
const DESCRIBE = "codemode.describe(name)";

function textOf(value: unknown, usage: string, what: string): string {
  if (typeof value === "string") return value;
  throw refusal(usage, what);
}

function searchOptions(options: unknown): SearchOptions {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options))
    throw refusal(SEARCH, 'the second argument is an object such as { namespace: "server" }');
  const { namespace, limit, ...others } = options as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw refusal(SEARCH, `there is no option ${JSON.stringify(other.slice(0, MAX_LIMIT))}`);
  if (namespace !== undefined && typeof namespace !== "string") throw refusal(SEARCH, "namespace is a text");
  if (limit !== undefined && !isLimit(limit)) throw refusal(SEARCH, `limit is a whole number from 1 to ${MAX_LIMIT}`);
  return { ...(namespace !== undefined && { namespace }), ...(limit !== undefined && { limit }) };
}

function isLimit(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MAX_LIMIT;
}

function refusal(usage: string, what: string): CodemodeError {
  return new CodemodeError("tool_arguments", `${usage}: ${what}`);
}
