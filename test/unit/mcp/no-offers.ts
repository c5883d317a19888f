import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Prompts } from "../../../src/execute/prompts.ts";
import { Resources } from "../../../src/execute/resources.ts";
import type { FeatureUpstreams } from "../../../src/execute/resources.ts";
import type { Offers } from "../../../src/mcp/offers.ts";

const NOTHING: FeatureUpstreams = {
  namespaces: new Set(),
  list: async () => [],
  request: () => Promise.reject(new Error("nothing is offered")),
};

/** Nothing besides tools is passed on. */
export const NO_OFFERS: Offers = {
  features: { resources: false, prompts: false, completions: false },
  resources: new Resources(NOTHING),
  prompts: new Prompts(NOTHING),
  upstreams: NOTHING,
  limits: DEFAULT_LIMITS,
};
