import { buildCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { AuditRecord } from "../core/audit.ts";
import type { Config } from "../config/schema.ts";
import type { ListKind } from "../core/features.ts";
import type { Execution, Outcome } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";
import type { News } from "../core/news.ts";
import type { Decide } from "../core/policy.ts";
import { narrowed } from "../core/profile.ts";
import type { Profile } from "../core/profile.ts";
import type { Tool, UpstreamListing } from "../core/tool.ts";
import type { Span } from "../core/trace.ts";
import { approvals } from "../execute/approval.ts";
import type { ApprovalStore } from "../execute/approval.ts";
import { auditRecord } from "../execute/audit.ts";
import type { AuditSubject } from "../execute/audit.ts";
import { execute } from "../execute/execute.ts";
import type { ExecuteDeps } from "../execute/execute.ts";
import type { Learning } from "../execute/learning.ts";
import { singleCall } from "../execute/single-call.ts";
import { createEndpoint } from "../mcp/endpoint.ts";
import type { McpEndpoint } from "../mcp/endpoint.ts";
import { Errands } from "../mcp/errands.ts";
import type { EventMemory } from "../mcp/event-memory.ts";
import { Passthrough } from "../mcp/passthrough.ts";
import type { SessionStore } from "../mcp/sessions.ts";
import { ShownTool } from "../mcp/shown-tool.ts";
import type { Subscriptions } from "../mcp/subscriptions.ts";
import { EXECUTE_TOOL, instructionsFor } from "../mcp/tool.ts";
import type { Upstreams } from "../upstream/upstreams.ts";
import { ListedOffers } from "./listed-offers.ts";
import { linkedCalls, offersOf, switchedOn } from "./offers.ts";

/** What all views of a Workspace share. */
export interface ViewDeps {
  readonly config: Config;
  readonly decide: Decide;
  readonly upstreams: Upstreams;
  readonly learning: Learning | undefined;
  readonly execution: Pick<ExecuteDeps, "prepare" | "check" | "executor" | "results" | "log">;
  readonly approved: ApprovalStore;
  readonly sealingKey: Uint8Array;
  readonly events: EventMemory;
  readonly keepAliveMs: number;
  /** Has the Checker read what programs are checked against. */
  readonly warm: (catalog: Catalog) => void;
  readonly onParked: () => void;
  /** Absent where nobody wants them. */
  readonly sendSpans?: (spans: readonly Span[]) => void;
  /** For people to read. */
  readonly caller: () => string;
  /** Never rejects. */
  readonly record: (record: AuditRecord) => Promise<void>;
  /** Somebody asks for the description. */
  readonly onAsked: () => void;
}

/** The Workspace as one profile shows it, or whole: its catalog, its tool, its endpoint with its sessions. */
export class View {
  readonly endpoint: McpEndpoint;
  readonly #deps: ViewDeps;
  readonly #name: string | undefined;
  readonly #profile: Profile | undefined;
  readonly #decide: Decide;
  readonly #errands: Errands;
  readonly #passthrough: Passthrough;
  readonly #shown: ShownTool;
  readonly #listed = new ListedOffers();
  readonly #namespaces: ReadonlySet<string>;
  readonly #subscriptions: Subscriptions;
  #catalog: Catalog | undefined;
  /** What of a list is in the profile: made once for each list, because a catalog is known by its lists. */
  readonly #offered = new WeakMap<readonly Tool[], readonly Tool[]>();

  /** @param profileName its name; both are absent for the whole. */
  constructor(profileName: string | undefined, profile: Profile | undefined, sessions: SessionStore, deps: ViewDeps) {
    const { config, upstreams, learning } = deps;
    const limits = { ...config.limits, ...profile?.limits } as Limits;
    this.#deps = deps;
    this.#name = profileName;
    this.#profile = profile;
    this.#decide = profile === undefined ? deps.decide : narrowed(deps.decide, profile);
    this.#shown = new ShownTool(config.description.maxChars);
    const namespaces = config.upstreams.filter(({ key }) => this.#offers(key)).map(({ namespace }) => namespace);
    this.#namespaces = new Set(namespaces);
    const listed = (kind: ListKind) => this.#listed.saw(kind, this.#readyKeys());
    const { offers, subscriptions } = offersOf(upstreams, this.#namespaces, config, limits, listed);
    this.#subscriptions = subscriptions;
    const executeDeps: ExecuteDeps = {
      ...deps.execution,
      checking: config.check,
      catalog: () => this.#current(),
      callUpstream: linkedCalls(upstreams, config),
      offered: offers,
      rereadUpstream: (key) => upstreams.reread(key),
      signIn: (key, context) => upstreams.signIn(key, context),
      ...(learning !== undefined && { learning }),
      ...(deps.sendSpans !== undefined && { exportSpans: (spans: readonly Span[]) => this.#send(spans) }),
      approve: approvals({ decide: this.#decide, store: deps.approved, limits, now: Date.now }),
      limits,
    };
    this.#passthrough = new Passthrough({
      upstreams: new Set(config.upstreams.filter(({ passthrough }) => passthrough === true).map(({ key }) => key)),
      catalog: () => this.ready(),
      call: async (tool, args, context, name) => {
        const at = Date.now();
        const ended = async (call: Pick<Execution, "ledger" | "durationMs">, failed: boolean) => {
          const outcome = context.signal.aborted ? CANCELLED : failed ? FAILED : SUCCEEDED;
          await this.#record({ ...call, outcome }, { at, client: context.client, tool: name });
        };
        return singleCall(tool, args, context, { ...executeDeps, ended });
      },
      limits,
    });
    this.#errands = new Errands({ sealingKey: deps.sealingKey, limits, onParked: deps.onParked });
    this.endpoint = createEndpoint(
      {
        instructions: instructionsFor(namespaces),
        tool: async (url) => {
          deps.onAsked();
          return this.#shown.show(await this.readyAndRead(), url);
        },
        execute: async (source, context) => {
          await this.ready();
          const at = Date.now();
          const execution = await execute(source, executeDeps, context);
          await this.#record(execution, { at, client: context.client, tool: EXECUTE_TOOL, source });
          return execution;
        },
        meet: (askable) => upstreams.meet(askable),
        passthrough: this.#passthrough,
        hear: (level) => upstreams.hear(level),
        offers,
        subscriptions,
        result: config.result,
        limits,
      },
      this.#errands,
      sessions,
      {
        keepAliveMs: deps.keepAliveMs,
        maxBodyBytes: limits.bodyBytes,
        busyMs: limits.executionMs + limits.parkMs + limits.drainMs,
        maxSessions: limits.sessions,
        unreadBytes: limits.unreadBytes,
        events: deps.events,
      },
    );
  }

  /** How many errands wait for their callers, or their callers may have to come back for. */
  get parked(): number {
    return this.#errands.parked;
  }

  /** The catalog, once all upstreams have answered or had their time. */
  async ready(): Promise<Catalog> {
    await this.#deps.upstreams.ready();
    return this.#current();
  }

  /** Also has the Checker read what is new, behind the answer: whoever asks for the tools is about to send a program. */
  async readyAndRead(): Promise<Catalog> {
    const catalog = await this.ready();
    this.#deps.warm(catalog);
    return catalog;
  }

  /** The catalog is to be made anew. */
  forget(): void {
    this.#catalog = undefined;
  }

  /** An upstream has something new to say: callers are told if they would see it. */
  changed(): void {
    this.forget();
    const hasChanged = [this.#shown.changed(this.#current()), this.#passthrough.changed(this.#current())];
    if (hasChanged.includes(true)) this.endpoint.tell({ kind: "list_changed", list: "tools" });
    for (const list of this.#listed.changed(this.#readyKeys())) this.endpoint.tell({ kind: "list_changed", list });
  }

  /** An upstream has told something without being asked: callers are told if they see that upstream, and may. */
  hear(news: News): void {
    const { features } = this.#deps.config;
    if (!this.#namespaces.has(news.namespace)) return;
    if (news.kind === "log" && features.logging) this.endpoint.tell(news);
    if (news.kind === "list_changed" && features[news.list]) this.endpoint.tell(news);
    if (news.kind === "updated") this.#subscriptions.updated({ namespace: news.namespace, own: news.uri });
  }

  #current(): Catalog {
    const { config, upstreams, learning } = this.#deps;
    this.#catalog ??= buildCatalog(
      upstreams
        .listings()
        .filter(({ key }) => this.#offers(key))
        .map((listing) => this.#narrow(switchedOn(listing, config))),
      learning?.settled(),
    );
    return this.#catalog;
  }

  async #record(
    execution: Parameters<typeof auditRecord>[0],
    subject: Pick<AuditSubject, "at" | "client" | "tool" | "source">,
  ): Promise<void> {
    const { config, caller, record } = this.#deps;
    const { programs } = config.audit;
    await record(await auditRecord(execution, { ...subject, caller: caller(), profile: this.#name }, { programs, limits: config.limits }));
  }

  #send([whole, ...calls]: readonly Span[]): void {
    if (whole === undefined) return;
    const profile = this.#name === undefined ? {} : { "codemode.profile": this.#name };
    const attributes = { ...whole.attributes, ...profile, "codemode.caller": this.#deps.caller() };
    this.#deps.sendSpans?.([{ ...whole, attributes }, ...calls]);
  }

  #readyKeys(): string[] {
    return this.#deps.upstreams.listings().flatMap(({ key, status }) => (status === "ready" && this.#offers(key) ? [key] : []));
  }

  #offers(key: string): boolean {
    return this.#profile?.servers?.includes(key) ?? true;
  }

  #narrow(listing: UpstreamListing): UpstreamListing {
    if (this.#profile === undefined) return listing;
    const { key, tools } = listing;
    const offered = this.#offered.get(tools) ?? tools.filter((tool) => this.#decide(key, tool) !== "deny");
    this.#offered.set(tools, offered);
    return { ...listing, tools: offered };
  }
}

/** How a call ended that has no program around it. */
const SUCCEEDED: Outcome = { kind: "returned", text: "" };
const FAILED: Outcome = { kind: "threw", error: { name: "", message: "", frames: [], causes: [] } };
const CANCELLED: Outcome = { kind: "cancelled" };
