import { CodemodeError } from "../core/errors.ts";
import type { Catalog, CatalogNamespace, CatalogTool } from "./catalog.ts";
import { closest } from "./closest.ts";
import { clip } from "./comment.ts";
import { signatureOf } from "./declarations.ts";
import { readQuery } from "./query.ts";
import { rank } from "./rank.ts";
import { indexOf } from "./tool-index.ts";

const MAX_PROPOSALS = 3;
/** In an error a signature is a hint; the whole is one `describe` away. */
const MAX_HINT_CHARS = 300;
const MAX_NAME_CHARS = 80;

/** The error for a tool that the catalog does not have: says what is near, with signatures, so that the next try can be right. */
export function unknownTool(catalog: Catalog, namespace: string, identifier: string): CodemodeError {
  const found = catalog.namespace(namespace);
  if (found === undefined) return unknownNamespace(catalog, namespace, identifier);
  if (hasNoTools(found)) return notReady(found);
  const near = toolsNear(catalog, found, identifier);
  const proposal = near.length === 0 ? "" : ` Did you mean:${near.map(hint).join("")}`;
  return new CodemodeError("tool_unknown", `There is no tool ${shown(identifier)} in ${namespace}.${proposal}`, {
    remedy: `Use codemode.search("...", { namespace: "${namespace}" }) to find a tool.`,
  });
}

/** The namespace of this name. Throws `tool_unknown`. */
export function namespaceNamed(catalog: Catalog, name: string): CatalogNamespace {
  const namespace = catalog.namespace(name);
  if (namespace === undefined) throw unknownNamespace(catalog, name, name);
  return namespace;
}

/** What a program may have meant by a name that does not exist, in one or two sentences: `Did you mean github? There are: chat, github.` */
export function namespaceHint(catalog: Catalog, name: string): string {
  const names = catalog.namespaces.map((each) => each.name);
  const near = closest(name, names, MAX_PROPOSALS);
  const proposal = near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `;
  return `${proposal}${names.length === 0 ? "There are no namespaces" : `There are: ${listed(names)}`}.`;
}

/** Whether nothing can be said of what a namespace has. */
export function hasNoTools(namespace: CatalogNamespace): boolean {
  return namespace.status !== "ready" && namespace.tools.length === 0;
}

export function notReady(namespace: CatalogNamespace): CodemodeError {
  const why = namespace.why === undefined ? "" : `: ${namespace.why}`;
  if (namespace.status === "sign_in") {
    return new CodemodeError("sign_in", `${namespace.name} has no tools yet${why}`, { remedy: "Call any tool of it to get the link." });
  }
  return new CodemodeError("upstream", `The upstream behind ${namespace.name} is ${namespace.status}${why}`, {
    remedy: "Try again later, or go on without it.",
  });
}

/** `identifier` is what was wanted of it: often a tool's name without its namespace. */
function unknownNamespace(catalog: Catalog, name: string, identifier: string): CodemodeError {
  const tools = toolsCalled(catalog, identifier);
  const proposal = tools.length > 0 ? `Did you mean:${tools.map(hint).join("")}` : namespaceHint(catalog, name);
  return new CodemodeError("tool_unknown", `There is no namespace ${shown(name)}. ${proposal}`);
}

/** Like in name; else of that name elsewhere; else what a search for the name finds. */
function toolsNear(catalog: Catalog, { name, tools }: CatalogNamespace, identifier: string): readonly CatalogTool[] {
  const names = closest(
    identifier,
    tools.map((tool) => tool.identifier),
    MAX_PROPOSALS,
  );
  if (names.length > 0) return names.flatMap((each) => catalog.find(name, each) ?? []);
  const elsewhere = toolsCalled(catalog, identifier);
  if (elsewhere.length > 0) return elsewhere;
  const index = indexOf(catalog);
  return rank(index, readQuery(identifier, index))
    .slice(0, MAX_PROPOSALS)
    .map(({ tool }) => tool);
}

function toolsCalled(catalog: Catalog, identifier: string): readonly CatalogTool[] {
  return catalog.namespaces.flatMap(({ name }) => catalog.find(name, identifier) ?? []).slice(0, MAX_PROPOSALS);
}

function hint(tool: CatalogTool): string {
  return `\n  ${clip(signatureOf(tool.namespace, tool), MAX_HINT_CHARS)}`;
}

function shown(name: string): string {
  return JSON.stringify(clip(name, MAX_NAME_CHARS));
}

/** As many names as there is room for, never a part of one. */
function listed(names: readonly string[]): string {
  let text = "";
  for (const [index, name] of names.entries()) {
    const next = index === 0 ? clip(name, MAX_HINT_CHARS) : `${text}, ${name}`;
    if (next.length > MAX_HINT_CHARS) return `${text}, … (${names.length} in all)`;
    text = next;
  }
  return text;
}
