import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Passthrough } from "../../../src/mcp/passthrough.ts";

/** Nothing is passed through, as in most configurations. */
export const NO_PASSTHROUGH = new Passthrough({
  upstreams: new Set(),
  catalog: async () => buildCatalog([]),
  call: () => Promise.reject(new Error("nothing is passed through")),
  limits: DEFAULT_LIMITS,
});
