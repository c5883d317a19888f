import { namespaceOf } from "../catalog/names.ts";
import type { Config } from "../config/schema.ts";
import { addressBlock } from "../core/address.ts";
import type { Address } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { ListKind } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import type { UpstreamListing } from "../core/tool.ts";
import { Prompts } from "../execute/prompts.ts";
import { Resources } from "../execute/resources.ts";
import type { FeatureUpstreams } from "../execute/resources.ts";
import type { CallUpstream } from "../execute/tool-calls.ts";
import type { Offers } from "../mcp/offers.ts";
import { Subscriptions } from "../mcp/subscriptions.ts";
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

/** What is offered besides tools, of the servers with these namespaces; `onListed` is told when a caller asks for a list. */
export function offersOf(
  upstreams: Upstreams,
  namespaces: ReadonlySet<string>,
  { features }: FeatureConfig,
  limits: Limits,
  onListed: (kind: ListKind) => void,
): { readonly offers: Offers; readonly subscriptions: Subscriptions } {
  const known = async (namespace: string) => {
    await upstreams.ready();
    if (!namespaces.has(namespace))
      throw new CodemodeError("tool_arguments", `there is no server ${JSON.stringify(namespace.slice(0, 80))}`);
  };
  const offered: FeatureUpstreams = {
    namespaces,
    list: async (kind, scope) => {
      const { namespace: only, context } = scope ?? {};
      if (only !== undefined && context !== undefined) {
        await known(only);
        return [{ namespace: only, items: await upstreams.items(only, kind, context) }];
      }
      await upstreams.ready();
      onListed(kind);
      return (await upstreams.list(kind, context?.signal)).filter(({ namespace }) => namespaces.has(namespace));
    },
    request: async (namespace, ...request) => {
      await known(namespace);
      return upstreams.request(namespace, ...request);
    },
  };
  const resources = new Resources(offered);
  const watch = async (address: Address) => {
    await known(address.namespace);
    return upstreams.watch(address);
  };
  return {
    offers: { features, resources, prompts: new Prompts(offered), upstreams: offered, limits },
    subscriptions: new Subscriptions({ find: (uri) => resources.find(uri), watch, limits }),
  };
}
