import { namespaceOf } from "../catalog/names.ts";
import type { Config } from "../config/schema.ts";
import { addressBlock } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { UpstreamListing } from "../core/tool.ts";
import { Prompts } from "../execute/prompts.ts";
import { Resources } from "../execute/resources.ts";
import type { FeatureUpstreams } from "../execute/resources.ts";
import type { CallUpstream } from "../execute/tool-calls.ts";
import type { Offers } from "../mcp/offers.ts";
import type { Upstreams } from "../upstream/upstreams.ts";

type FeatureConfig = Pick<Config, "features">;

/** Calls tools, and has the links to resources in their results lead through the proxy. */
export function linkedCalls(upstreams: Upstreams, { features }: FeatureConfig): CallUpstream {
  return async (key, ...call) => {
    const result = await upstreams.call(key, ...call);
    if (!features.resources) return result;
    const content = result.content.map((block) => addressBlock(block, namespaceOf(key))) as typeof result.content;
    return { ...result, content };
  };
}

/** A listing without what is switched off. */
export function switchedOn({ resources, prompts, ...listing }: UpstreamListing, { features }: FeatureConfig): UpstreamListing {
  return {
    ...listing,
    ...(features.resources && resources !== undefined && { resources }),
    ...(features.prompts && prompts !== undefined && { prompts }),
  };
}

/** What is offered besides tools, of the servers with these namespaces. */
export function offersOf(upstreams: Upstreams, namespaces: ReadonlySet<string>, { features }: FeatureConfig, limits: Limits): Offers {
  const offering = (namespace: string) => {
    if (!namespaces.has(namespace))
      throw new CodemodeError("tool_arguments", `there is no server ${JSON.stringify(namespace.slice(0, 80))}`);
  };
  const offered: FeatureUpstreams = {
    namespaces,
    list: async (kind, scope) => {
      await upstreams.ready();
      const { namespace: only, context } = scope ?? {};
      if (only === undefined || context === undefined)
        return (await upstreams.list(kind, context?.signal)).filter(({ namespace }) => namespaces.has(namespace));
      offering(only);
      return [{ namespace: only, items: await upstreams.items(only, kind, context) }];
    },
    request: async (namespace, ...request) => {
      await upstreams.ready();
      offering(namespace);
      return upstreams.request(namespace, ...request);
    },
  };
  return { features, resources: new Resources(offered), prompts: new Prompts(offered), upstreams: offered, limits };
}
