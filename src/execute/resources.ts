import { addressUri, readUri } from "../core/address.ts";
import type { Address } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { FeatureRequest, ListedItem, ListKind, UpstreamItems } from "../core/features.ts";
import { forwardableMeta } from "../core/meta.ts";
import { isRecord } from "../core/record.ts";
import type { CallContext } from "../core/relay.ts";

/** Who lists, and what. */
export interface ListScope {
  readonly context: CallContext;
  /** One upstream alone, which then has to answer; without it, all that can. */
  readonly namespace?: string | undefined;
}

/** The way to what upstreams offer besides tools. */
export interface FeatureUpstreams {
  readonly namespaces: ReadonlySet<string>;
  /** Of each upstream that can be reached now, once all have answered or had their time. Rejects with CodemodeError where one alone is asked. */
  readonly list: (kind: ListKind, scope?: ListScope) => Promise<readonly UpstreamItems[]>;
  /** Rejects with CodemodeError. */
  readonly request: (namespace: string, request: FeatureRequest, context: CallContext) => Promise<Record<string, unknown>>;
}

export interface ReadContents {
  readonly contents: readonly Record<string, unknown>[];
  readonly _meta?: Record<string, unknown>;
}

type Lists = readonly [resources: readonly UpstreamItems[], templates: readonly UpstreamItems[]];

const MAX_TOLD = 5;
const MAX_URI_CHARS = 200;

/** The resources of all upstreams, under URIs that say whose they are. */
export class Resources {
  readonly #upstreams: FeatureUpstreams;
  #listing: Promise<Lists> | undefined;

  constructor(upstreams: FeatureUpstreams) {
    this.#upstreams = upstreams;
  }

  /** In the order of the configuration, and in each upstream's own. */
  async list(scope?: ListScope): Promise<ListedItem[]> {
    return addressed(await this.#upstreams.list("resources", scope), "uri");
  }

  async templates(scope?: ListScope): Promise<ListedItem[]> {
    return addressed(await this.#upstreams.list("templates", scope), "uriTemplate");
  }

  /** The URIs in what is read are of the kind that was asked with; `at` is whose it is. Rejects with CodemodeError. */
  async read(uri: string, context: CallContext, at?: Address): Promise<ReadContents> {
    const { namespace, own } = at ?? (await this.find(uri));
    const { contents, _meta } = await this.#upstreams.request(namespace, { method: "resources/read", params: { uri: own } }, context);
    const asAsked = (said: string) => (own === uri ? said : addressUri({ namespace, own: said }));
    return {
      contents: Array.isArray(contents) ? contents.flatMap((item) => readContent(item, asAsked)) : [],
      ...(isRecord(_meta) && { _meta: forwardableMeta(_meta) }),
    };
  }

  /** What there is instead of a URI that cannot be read, of the same upstream if it names one; undefined if it is listed, or fits a template. */
  async insteadOf(uri: string, context: CallContext): Promise<string[] | undefined> {
    const { namespace, own } = readUri(uri) ?? { namespace: undefined, own: uri };
    const [resources, templates] = await this.#lists({ namespace, context });
    const isThere = resources.some(({ items }) => items.some((item) => item["uri"] === own));
    if (isThere || templates.some(({ items }) => items.some((item) => fits(String(item["uriTemplate"]), own)))) return undefined;
    return [
      ...addressed(resources, "uri").map((item) => String(item["uri"])),
      ...addressed(templates, "uriTemplate").map((item) => String(item["uriTemplate"])),
    ];
  }

  /**
   * Whose resource, or template, this is. An upstream's own URI is good as well where only one upstream can be meant: the one that lists it or a
   * template for it, or the only one that has resources. Rejects with CodemodeError `tool_arguments`.
   */
  async find(uri: string, context?: CallContext): Promise<Address> {
    const address = readUri(uri);
    if (address !== undefined) return address;
    const [resources, templates] = await (context === undefined ? this.#listed() : this.#lists({ context }));
    const owners = resources.flatMap(({ namespace, items }, index) => {
      const patterns = templates[index]?.items.map(({ uriTemplate }) => String(uriTemplate)) ?? [];
      return [{ namespace, uris: items.map((item) => String(item["uri"])), patterns }];
    });
    const offering = owners.filter(({ uris, patterns }) => uris.length + patterns.length > 0);
    const listing = offering.filter(
      ({ uris, patterns }) => uris.includes(uri) || patterns.some((pattern) => pattern === uri || fits(pattern, uri)),
    );
    const meant = listing.length === 0 && offering.length === 1 ? offering : listing;
    const [only] = meant;
    if (meant.length === 1 && only !== undefined) return { namespace: only.namespace, own: uri };
    const said = JSON.stringify(uri.slice(0, MAX_URI_CHARS));
    if (meant.length === 0)
      throw new CodemodeError("tool_arguments", `there is no resource ${said}`, { remedy: "Use a URI that resources/list gives." });
    const choice = meant.slice(0, MAX_TOLD).map(({ namespace }) => addressUri({ namespace, own: uri.slice(0, MAX_URI_CHARS) }));
    throw new CodemodeError("tool_arguments", `several servers have a resource ${said}`, { remedy: `Say which: ${choice.join(" or ")}.` });
  }

  /** Many are looked for at once when a client subscribes to many. */
  #listed(): Promise<Lists> {
    this.#listing ??= this.#lists().finally(() => {
      this.#listing = undefined;
    });
    return this.#listing;
  }

  async #lists(scope?: ListScope): Promise<Lists> {
    return Promise.all([this.#upstreams.list("resources", scope), this.#upstreams.list("templates", scope)]);
  }
}

function addressed(lists: readonly UpstreamItems[], member: "uri" | "uriTemplate"): ListedItem[] {
  return lists.flatMap(({ namespace, items }) =>
    items.map((item) => ({ ...item, [member]: addressUri({ namespace, own: String(item[member]) }) })),
  );
}

/** Whether the fixed parts of a template stand in the URI, in their order: linear, whatever the template is. */
function fits(template: string, uri: string): boolean {
  const [head = "", ...rest] = template.split(/\{[^{}]*\}/);
  const tail = rest.pop();
  if (tail === undefined || !uri.startsWith(head) || !uri.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = uri.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + tail.length <= uri.length;
}

/** As it is, without what concerns the upstream and us alone. What is no object would cost the caller all of it. */
function readContent(item: unknown, asAsked: (uri: string) => string): Record<string, unknown>[] {
  if (!isRecord(item)) return [];
  const { uri, _meta, ...rest } = item;
  return [{ ...(typeof uri === "string" && { uri: asAsked(uri) }), ...rest, ...(isRecord(_meta) && { _meta: forwardableMeta(_meta) }) }];
}
