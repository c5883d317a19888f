import type { CompleteRequestParams } from "@modelcontextprotocol/server";
import type { CallContext } from "../core/relay.ts";
import type { Prompts } from "../execute/prompts.ts";
import type { FeatureUpstreams, Resources } from "../execute/resources.ts";

export interface CompletionDeps {
  readonly resources: Resources;
  readonly prompts: Prompts;
  readonly upstreams: FeatureUpstreams;
}

/** So many MCP allows; clients refuse more. */
const MAX_VALUES = 100;

/** Asks the upstream whose prompt or template it is for values of an argument. Rejects with CodemodeError. */
export async function complete(
  { ref, argument, context: known }: CompleteRequestParams,
  { resources, prompts, upstreams }: CompletionDeps,
  context: CallContext,
): Promise<object> {
  const { namespace, own } = ref.type === "ref/prompt" ? await prompts.find(ref.name) : await resources.find(ref.uri);
  const ownRef = ref.type === "ref/prompt" ? { ...ref, name: own } : { ...ref, uri: own };
  const params = { ref: ownRef, argument, ...(known !== undefined && { context: known }) };
  const { completion } = await upstreams.request(namespace, { method: "completion/complete", params }, context);
  const { values, total, hasMore } = (completion ?? {}) as Record<string, unknown>;
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  return {
    completion: {
      values: texts.slice(0, MAX_VALUES),
      ...(Number.isInteger(total) && { total }),
      ...(texts.length > MAX_VALUES ? { hasMore: true } : typeof hasMore === "boolean" && { hasMore }),
    },
  };
}
