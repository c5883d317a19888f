import { CodemodeError } from "../../src/core/errors.ts";
import type { ListedItem, ListKind } from "../../src/core/features.ts";
import type { CallContext } from "../../src/core/relay.ts";
import type { Offered } from "../../src/execute/offer-calls.ts";
import { Prompts } from "../../src/execute/prompts.ts";
import { Resources } from "../../src/execute/resources.ts";
import type { FeatureUpstreams } from "../../src/execute/resources.ts";

/** What one scripted upstream has besides tools. */
export interface ScriptedOffers extends Partial<Readonly<Record<ListKind, readonly ListedItem[]>>> {
  /** The raw result. */
  readonly read?: (uri: string, context: CallContext) => unknown;
  readonly get?: (name: string, args: unknown, context: CallContext) => unknown;
  /** In the place of every list, when it alone is asked. */
  readonly fails?: CodemodeError;
}

/** By configured key, what each has; `asked` notes what reaches them. */
export function offeredBy(
  upstreams: Readonly<Record<string, ScriptedOffers>>,
  asked: unknown[] = [],
  features: Offered["features"] = { resources: true, prompts: true },
): Offered {
  const namespaces = new Set(Object.keys(upstreams));
  const offers: FeatureUpstreams = {
    namespaces,
    async list(kind, scope) {
      const namespace = scope?.namespace;
      if (namespace !== undefined) asked.push({ list: kind, of: namespace });
      const failure = namespace === undefined ? undefined : upstreams[namespace]?.fails;
      if (failure !== undefined) throw failure;
      return Object.entries(upstreams)
        .filter(([key]) => namespace === undefined || key === namespace)
        .map(([key, offered]) => ({ namespace: key, items: offered[kind] ?? [] }));
    },
    async request(namespace, { method, params }, context) {
      asked.push({ method, of: namespace, params });
      const { read, get } = upstreams[namespace] ?? {};
      const result =
        method === "resources/read" ? read?.(String(params["uri"]), context) : get?.(String(params["name"]), params["arguments"], context);
      if (result === undefined) throw new CodemodeError("tool_failed", "it is not there");
      return result as Record<string, unknown> | Promise<Record<string, unknown>>;
    },
  };
  return { features, resources: new Resources(offers), prompts: new Prompts(offers) };
}
