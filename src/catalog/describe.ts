import { CodemodeError } from "../core/errors.ts";
import type { Catalog, CatalogNamespace } from "./catalog.ts";
import { closest } from "./closest.ts";
import { clip } from "./comment.ts";
import { declareNamespace, signatureOf } from "./declarations.ts";

/** In an error a signature is a hint; the whole is one `describe` away. */
const MAX_HINT_CHARS = 300;
const MAX_NAME_CHARS = 80;

/** The TypeScript text of a tool (`github.create_issue`) or of a whole namespace (`github`). Throws `tool_unknown` with what was probably meant. */
export function describe(catalog: Catalog, name: string): string {
  const dot = name.indexOf(".");
  const namespace = namespaceNamed(catalog, dot < 0 ? name : name.slice(0, dot));
  if (namespace.status !== "ready" && namespace.tools.length === 0) throw notReady(namespace);
  if (dot < 0) return declareNamespace(namespace.name, namespace.tools);
  const tool = catalog.find(namespace.name, name.slice(dot + 1));
  if (tool === undefined) throw unknownTool(catalog, namespace.name, name.slice(dot + 1));
  return catalog.declarationOf(tool);
}

/** The error for a tool that the catalog does not have: says what is near, with signatures, so that the next try can be right. */
export function unknownTool(catalog: Catalog, namespace: string, identifier: string): CodemodeError {
  const found = namespaceNamed(catalog, namespace);
  if (found.status !== "ready" && found.tools.length === 0) return notReady(found);
  const tools = new Map(found.tools.map((tool) => [tool.identifier, tool]));
  const near = closest(identifier, [...tools.keys()], 3).flatMap((each) => tools.get(each) ?? []);
  const elsewhere = near.length > 0 ? [] : catalog.namespaces.flatMap((each) => catalog.find(each.name, identifier) ?? []).slice(0, 3);
  const hints = [...near, ...elsewhere].map((tool) => `\n  ${clip(signatureOf(tool.namespace, tool), MAX_HINT_CHARS)}`);
  const proposal = hints.length === 0 ? "" : ` Did you mean:${hints.join("")}`;
  return new CodemodeError(
    "tool_unknown",
    `There is no tool ${JSON.stringify(clip(identifier, MAX_NAME_CHARS))} in ${namespace}.${proposal}`,
    {
      remedy: `Use codemode.search("...", { namespace: "${namespace}" }) to find a tool.`,
    },
  );
}

/** The namespace of this name. Throws `tool_unknown`. */
export function namespaceNamed(catalog: Catalog, name: string): CatalogNamespace {
  const namespace = catalog.namespace(name);
  if (namespace !== undefined) return namespace;
  const names = catalog.namespaces.map((each) => each.name);
  const near = closest(name, names, 3);
  const proposal =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are: ${clip(names.join(", "), MAX_HINT_CHARS) || "none"}.`;
  throw new CodemodeError("tool_unknown", `There is no namespace ${JSON.stringify(clip(name, MAX_NAME_CHARS))}. ${proposal}`);
}

function notReady(namespace: CatalogNamespace): CodemodeError {
  const why = namespace.why === undefined ? "" : `: ${namespace.why}`;
  return new CodemodeError("upstream", `The upstream behind ${namespace.name} is ${namespace.status}${why}`, {
    remedy: "Try again later, or go on without it.",
  });
}
