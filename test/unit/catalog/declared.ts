import { declare } from "../../../src/catalog/catalog.ts";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import type { Level } from "../../../src/catalog/declarations.ts";

/** The declarations of all namespaces that are ready, each once, at one level. */
export function declared(catalog: Catalog, level: Level | "checked" = "full"): string {
  const ready = catalog.namespaces.filter((namespace) => namespace.status === "ready" && catalog.namespace(namespace.name) === namespace);
  return ready.map((namespace) => declare(namespace, level)).join("");
}
