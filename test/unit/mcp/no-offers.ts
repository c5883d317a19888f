import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Prompts } from "../../../src/execute/prompts.ts";
import { Resources } from "../../../src/execute/resources.ts";
import type { FeatureUpstreams } from "../../../src/execute/resources.ts";
import type { Offers } from "../../../src/mcp/offers.ts";
import { Subscriptions } from "../../../src/mcp/subscriptions.ts";

const NOTHING: FeatureUpstreams = {
  namespaces: new Set(),
  list: async () => [],
  request: () => Promise.reject(new Error("nothing is offered")),
};

const offers: Offers = {
  features: { resources: false, prompts: false, completions: false, logging: false },
  resources: new Resources(NOTHING),
  prompts: new Prompts(NOTHING),
  upstreams: NOTHING,
  limits: DEFAULT_LIMITS,
};

/** Nothing besides tools is passed on. */
export const NO_OFFERS = {
  offers,
  hear: async () => undefined,
  subscriptions: new Subscriptions({
    find: () => Promise.reject(new Error("nothing is offered")),
    watch: () => Promise.reject(new Error("nothing is offered")),
    limits: DEFAULT_LIMITS,
  }),
};
