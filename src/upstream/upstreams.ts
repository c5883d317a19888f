import type { CallToolResult } from "@modelcontextprotocol/client";
import type { UpstreamConfig } from "../config/schema.ts";
import type { Address } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { FeatureRequest, ListedItem, ListKind, UpstreamItems } from "../core/features.ts";
import type { LogLevel } from "../core/log-message.ts";
import { eitherCan } from "../core/questions.ts";
import type { Askable } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";
import type { Tool, UpstreamListing } from "../core/tool.ts";
import { UpstreamClient } from "./client.ts";
import type { UpstreamDeps } from "./client.ts";

/** All upstreams of one Workspace. Their connections are opened once, together, and none waits for another. */
export class Upstreams {
  readonly #clients: ReadonlyMap<string, UpstreamClient>;
  readonly #byNamespace: ReadonlyMap<string, UpstreamClient>;
  readonly #listMs: number;
  #offer: Askable = {};
  #opened: Promise<void> | undefined;

  constructor(configs: readonly UpstreamConfig[], deps: UpstreamDeps) {
    const clients = configs.map((config) => [config, new UpstreamClient(config, deps)] as const);
    this.#clients = new Map(clients.map(([{ key }, client]) => [key, client]));
    this.#byNamespace = new Map(clients.map(([{ namespace }, client]) => [namespace, client]));
    this.#listMs = deps.limits.listMs;
  }

  /**
   * Resolves when every upstream is ready or unavailable, at the latest `listMs` after the first call. A slow one joins the catalog later,
   * and so does one that was unavailable: it is tried again behind the back of a later call.
   */
  ready(): Promise<void> {
    if (this.#opened === undefined) this.#opened = this.#open();
    else for (const client of this.#clients.values()) void client.retry();
    return this.#opened;
  }

  get namespaces(): ReadonlySet<string> {
    return new Set(this.#byNamespace.keys());
  }

  /** A caller has come who can be asked this. Upstreams are told what any caller so far could be asked. */
  meet(askable: Askable): void {
    const offer = eitherCan(this.#offer, askable);
    if (JSON.stringify(offer) === JSON.stringify(this.#offer)) return;
    this.#offer = offer;
    for (const client of this.#clients.values()) client.offer(offer);
    if (this.#opened !== undefined) this.#opened = this.#open();
  }

  /** A caller has come who wants log messages from this level on. Resolves when the upstreams that are connected know. Never rejects. */
  async hear(level: LogLevel): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.standing.hear(level)));
  }

  /** See `Standing.watch`. Rejects with CodemodeError `tool_arguments` for a namespace that there is not. */
  async watch({ namespace, own }: Address): Promise<() => void> {
    return this.#named(namespace).standing.watch(own);
  }

  /** In the order of the configuration. */
  listings(): UpstreamListing[] {
    return Array.from(this.#clients.values(), (client) => client.listing());
  }

  /** Reads an upstream's tools again. Never rejects. */
  async reread(key: string): Promise<void> {
    await this.#clients.get(key)?.reread();
  }

  /** See `UpstreamClient.connected`. */
  async connected(key: string): Promise<void> {
    await this.#clients.get(key)?.connected();
  }

  /** The state of one upstream, once it has opened a connection or failed to; undefined if there is none of this key. */
  async state(key: string): Promise<UpstreamListing | undefined> {
    const client = this.#clients.get(key);
    await client?.open();
    return client?.listing();
  }

  /** See `UpstreamClient.untilConnected`. */
  async untilConnected(key: string): Promise<void> {
    await this.#clients.get(key)?.untilConnected();
  }

  /** See `UpstreamClient.signIn`. */
  async signIn(key: string, context: CallContext): Promise<void> {
    await this.#clients.get(key)?.signIn(context);
  }

  /** What each upstream lists of a kind, in the order of the configuration. Never rejects. */
  async list(kind: ListKind, signal?: AbortSignal): Promise<readonly UpstreamItems[]> {
    return Promise.all(
      Array.from(this.#byNamespace, async ([namespace, client]) => ({ namespace, items: await client.offered.list(kind, signal) })),
    );
  }

  /** See `OfferedItems.listFor`. Rejects as `request` does. */
  async items(namespace: string, kind: ListKind, context: CallContext): Promise<readonly ListedItem[]> {
    return this.#named(namespace).offered.listFor(kind, context);
  }

  /** See `UpstreamClient.request`. Rejects with CodemodeError `tool_arguments` for a namespace that there is not. */
  async request(namespace: string, request: FeatureRequest, context: CallContext): Promise<Record<string, unknown>> {
    return this.#named(namespace).request(request, context);
  }

  /** See `UpstreamClient.call`. */
  async call(key: string, tool: Tool, args: Record<string, unknown>, context: CallContext): Promise<CallToolResult> {
    const client = this.#clients.get(key);
    if (client === undefined) throw new CodemodeError("fault", `no upstream has the key ${JSON.stringify(key)}`);
    return client.call(tool, args, context);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.close()));
  }

  #named(namespace: string): UpstreamClient {
    const client = this.#byNamespace.get(namespace);
    if (client === undefined) throw new CodemodeError("tool_arguments", `there is no server ${JSON.stringify(namespace.slice(0, 80))}`);
    return client;
  }

  async #open(): Promise<void> {
    const all = Promise.all(Array.from(this.#clients.values(), (client) => client.open()));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#listMs);
    });
    await Promise.race([all, deadline]);
    clearTimeout(timer);
  }
}
