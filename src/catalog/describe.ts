import { declarationOf, declare } from "./catalog.ts";
import type { Catalog, CatalogTool } from "./catalog.ts";
import { declareNamespace } from "./declarations.ts";
import { hasNoTools, namespaceNamed, notReady, unknownTool } from "./unknown.ts";

/**
 * The TypeScript text of a tool (`github.create_issue`) or of a whole namespace (`github`). `typed` adds what is known of a tool by now.
 * Throws `tool_unknown` with what was probably meant.
 */
export function describe(catalog: Catalog, name: string, typed: (tool: CatalogTool) => CatalogTool = (tool) => tool): string {
  const dot = name.indexOf(".");
  const namespace = namespaceNamed(catalog, dot < 0 ? name : name.slice(0, dot));
  if (hasNoTools(namespace)) throw notReady(namespace);
  if (dot < 0) {
    const tools = namespace.tools.map(typed);
    return tools.every((tool, index) => tool === namespace.tools[index])
      ? declare(namespace, "full")
      : declareNamespace(namespace.name, tools);
  }
  const tool = catalog.find(namespace.name, name.slice(dot + 1));
  if (tool === undefined) throw unknownTool(catalog, namespace.name, name.slice(dot + 1));
  return declarationOf(typed(tool));
}
