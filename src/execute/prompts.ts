import { addressBlock, addressName, readName } from "../core/address.ts";
import type { Address } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { ListedItem } from "../core/features.ts";
import { forwardableMeta } from "../core/meta.ts";
import { isRecord } from "../core/record.ts";
import type { CallContext } from "../core/relay.ts";
import type { FeatureUpstreams, ListScope } from "./resources.ts";

export interface PromptMessages {
  readonly description?: string;
  readonly messages: readonly unknown[];
  readonly _meta?: Record<string, unknown>;
}

const MAX_TOLD = 5;
const MAX_NAME_CHARS = 80;

/** The prompts of all upstreams, under names that say whose they are. */
export class Prompts {
  readonly #upstreams: FeatureUpstreams;

  constructor(upstreams: FeatureUpstreams) {
    this.#upstreams = upstreams;
  }

  /** In the order of the configuration, and in each upstream's own. */
  async list(scope?: ListScope): Promise<ListedItem[]> {
    const lists = await this.#upstreams.list("prompts", scope);
    return lists.flatMap(({ namespace, items }) =>
      items.map((item) => ({ ...item, name: addressName({ namespace, own: String(item["name"]) }) })),
    );
  }

  /** `at` is whose it is. Rejects with CodemodeError. */
  async get(
    name: string,
    args: Readonly<Record<string, unknown>> | undefined,
    context: CallContext,
    at?: Address,
  ): Promise<PromptMessages> {
    const { namespace, own } = at ?? (await this.find(name));
    const params = { name: own, ...(args !== undefined && { arguments: args }) };
    const { description, messages, _meta } = await this.#upstreams.request(namespace, { method: "prompts/get", params }, context);
    return {
      ...(typeof description === "string" && { description }),
      messages: Array.isArray(messages) ? messages.map((message) => addressMessage(message, namespace)) : [],
      ...(isRecord(_meta) && { _meta: forwardableMeta(_meta) }),
    };
  }

  /** The prompts among which one of this name should be: those of one upstream if it names one. */
  async around(name: string, context: CallContext): Promise<ListedItem[]> {
    const address = readName(name);
    const isKnown = address !== undefined && this.#upstreams.namespaces.has(address.namespace);
    return this.list({ context, namespace: isKnown ? address.namespace : undefined });
  }

  /** Whose prompt this is. An upstream's own name is good as well if no other has a prompt of it. Rejects with CodemodeError `tool_arguments`. */
  async find(name: string, context?: CallContext): Promise<Address> {
    const address = readName(name);
    if (address !== undefined && this.#upstreams.namespaces.has(address.namespace)) return address;
    const lists = await this.#upstreams.list("prompts", context && { context });
    const owners = lists.filter(({ items }) => items.some((item) => item["name"] === name));
    const [only] = owners;
    if (owners.length === 1 && only !== undefined) return { namespace: only.namespace, own: name };
    const said = JSON.stringify(name.slice(0, MAX_NAME_CHARS));
    if (owners.length === 0)
      throw new CodemodeError("tool_arguments", `there is no prompt ${said}`, { remedy: "Use a name that prompts/list gives." });
    const choice = owners.slice(0, MAX_TOLD).map(({ namespace }) => addressName({ namespace, own: name.slice(0, MAX_NAME_CHARS) }));
    throw new CodemodeError("tool_arguments", `several servers have a prompt ${said}`, { remedy: `Say which: ${choice.join(" or ")}.` });
  }
}

/** Links in a prompt can be read through the proxy, as those in results can. */
function addressMessage(message: unknown, namespace: string): unknown {
  if (!isRecord(message)) return message;
  const { content } = message;
  const readBlock = (block: unknown) => withoutOurs(addressBlock(block, namespace));
  return { ...message, content: Array.isArray(content) ? content.map(readBlock) : readBlock(content) };
}

function withoutOurs(block: unknown): unknown {
  return isRecord(block) && isRecord(block["_meta"]) ? { ...block, _meta: forwardableMeta(block["_meta"]) } : block;
}
