import { declarationOf, declare } from "./catalog.ts";
import type { Catalog } from "./catalog.ts";
import { hasNoTools, namespaceNamed, notReady, unknownTool } from "./unknown.ts";

/** The TypeScript text of a tool (`github.create_issue`) or of a whole namespace (`github`). Throws `tool_unknown` with what was probably meant. */
export function describe(catalog: Catalog, name: string): string {
  const dot = name.indexOf(".");
  const namespace = namespaceNamed(catalog, dot < 0 ? name : name.slice(0, dot));
  if (hasNoTools(namespace)) throw notReady(namespace);
  if (dot < 0) return declare(namespace, "full");
  const tool = catalog.find(namespace.name, name.slice(dot + 1));
  if (tool === undefined) throw unknownTool(catalog, namespace.name, name.slice(dot + 1));
  return declarationOf(tool);
}
