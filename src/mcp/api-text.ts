import { declare } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { ApiText, ApiTextKind } from "../core/api-text.ts";
import { describeTool } from "./description.ts";

/** The API of a catalog as a person asks for it; a description is within `maxChars`. */
export function apiText(catalog: Catalog, kind: ApiTextKind, maxChars: number): ApiText {
  const { namespaces } = catalog;
  const ready = namespaces.filter(({ status }) => status === "ready");
  return {
    text: kind === "description" ? `${describeTool(catalog, maxChars)}\n` : ready.map((namespace) => declare(namespace, kind)).join(""),
    missing: namespaces
      .filter(({ status }) => status !== "ready")
      .map(({ upstream, status, why }) => ({
        upstream,
        why: why ?? (status === "connecting" ? "it has not listed its tools in time (limits.listMs)" : "it is unavailable"),
      })),
    skipped: ready.flatMap(({ upstream, skipped }) => skipped.map((tool) => ({ upstream, ...tool }))),
  };
}
