import { DurableObject } from "cloudflare:workers";
import type { Catalog, CatalogNamespace } from "../catalog/catalog.ts";
import { namespaceOf } from "../catalog/names.ts";
import { currentConfig } from "../config/current.ts";
import type { Config } from "../config/schema.ts";
import { resolveTelemetry } from "../config/telemetry.ts";
import type { ApiText, ApiTextKind } from "../core/api-text.ts";
import type { AuditRecord, NumberedRecord } from "../core/audit.ts";
import { CALLER_HEADER, OWNER } from "../core/caller.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { MessageSocket } from "../core/message-socket.ts";
import { policyOf } from "../core/policy.ts";
import { profileNamed } from "../core/profile.ts";
import type { ConnectionState, UpstreamStatus } from "../core/tool.ts";
import type { Span } from "../core/trace.ts";
import { readVariable } from "../core/variables.ts";
import { Learning } from "../execute/learning.ts";
import { checkedTexts } from "../execute/judge.ts";
import { KeptResults } from "../execute/kept-results.ts";
import { apiText } from "../mcp/api-text.ts";
import { EventMemory } from "../mcp/event-memory.ts";
import { CHECKER_BUNDLE, CHECKER_HASH } from "../program/bundle.ts";
import { Checker } from "../program/check.ts";
import { EntrypointExecutor } from "../sandbox/entrypoint.ts";
import type { SandboxRunStub } from "../sandbox/entrypoint.ts";
import { RemoteExecutor } from "../sandbox/remote.ts";
import type { ConnectPage, Outcome } from "../upstream/connecting.ts";
import { Upstreams } from "../upstream/upstreams.ts";
import { connectionsOf, entryName } from "./connections.ts";
import type { Connections } from "./connections.ts";
import { SqlApprovalStore } from "./approval-store.ts";
import { SqlAuditStore } from "./audit-store.ts";
import { SqlLearnedStore } from "./learned-store.ts";
import { OtlpExporter } from "./otlp.ts";
import { sealingKey } from "./sealing-key.ts";
import { SqlResultStore } from "./result-store.ts";
import { SqlSessionStore } from "./session-store.ts";
import { View } from "./view.ts";
import type { ViewDeps } from "./view.ts";

export interface WorkspaceEnv {
  readonly LOADER: WorkerLoader;
  /** The local runtime, which owns child processes and sandbox processes. Absent on Cloudflare. */
  readonly RUNTIME?: Fetcher;
  /** Where the HTTP face looks up whose ticket it has been shown. */
  readonly OAUTH_STORE: { getByName(name: string): { put(key: string, value: string, options: { expirationTtl: number }): Promise<void> } };
}

/** The one path besides `/mcp` that the Workspace answers; the app never forwards it. */
export const CONNECTION_URL = "http://workspace/connection";

/** A 2026-07-28 caller cancels by closing its stream, and workerd notices that only when it writes. On Cloudflare the request's own signal tells. */
const KEEP_ALIVE_MS = { local: 100, deployed: 15_000 };

/** How long an answer takes to be on its way. */
const ANSWER_MS = 20;

/** How long records wait for each other, in ms: each write holds up whatever is said meanwhile until it is on the disk. */
const AUDIT_MS = 1_000;

/** Less than the platform waits before it forgets a Workspace that does nothing and holds connections. */
const STAY_ALIVE_MS = 20_000;

/** Everything stateful of one caller: wiring and storage, no rules. */
export class Workspace extends DurableObject<WorkspaceEnv> {
  readonly #config = currentConfig(namespaceOf);
  readonly #upstreams: Upstreams;
  readonly #connections: Connections | undefined;
  #lastOrigin: string | undefined;
  readonly #learning: Learning | undefined;
  readonly #audit: SqlAuditStore;
  /** One Workspace is one caller's: whoever comes in says who that is. */
  #caller: string = OWNER.name;
  readonly #deps: ViewDeps;
  /** By the name of the profile; the whole has none. */
  readonly #views = new Map<string | undefined, View>();

  constructor(ctx: DurableObjectState, env: WorkspaceEnv) {
    super(ctx, env);
    const config = this.#config;
    const log = (line: string) => console.error(line);
    const checker = new Checker(env.LOADER, CHECKER_BUNDLE, CHECKER_HASH);
    const { RUNTIME: runtime } = env;
    const executor =
      runtime === undefined
        ? new EntrypointExecutor((ctx as unknown as { exports: { SandboxRun: SandboxRunStub } }).exports.SandboxRun, config.limits)
        : new RemoteExecutor(runtime, ctx.id.toString());
    const decide = policyOf(config.policy);
    const readEnv = (name: string) => readVariable(env, name);
    const connections = connectionsOf({
      config,
      caller: ctx.id.toString(),
      readEnv,
      sql: ctx.storage.sql,
      ...(runtime !== undefined && { runtime }),
      announce: (id, seconds) => env.OAUTH_STORE.getByName("oauth").put(entryName(id), ctx.id.toString(), { expirationTtl: seconds }),
      lastOrigin: () => this.#lastOrigin,
      onConnected: (key) => this.#upstreams.connected(key),
      log,
    });
    this.#connections = connections;
    const upstreams = new Upstreams(config.upstreams, {
      decide,
      limits: config.limits,
      readEnv,
      ...(connections !== undefined && { oauth: (key: string) => connections.upstreams.get(key) }),
      link: async (key) => (await connections?.connecting.link(key)) ?? "",
      ...(runtime !== undefined && { openStdio: (key: string) => openStdio(runtime, key) }),
      onChange: () => this.#views.forEach((view) => view.changed()),
      onNews: (news) => this.#views.forEach((view) => view.hear(news)),
      log,
    });
    this.#upstreams = upstreams;
    const learned = new SqlLearnedStore(ctx.storage.sql);
    this.#learning = config.learn ? new Learning(learned, config.limits) : undefined;
    if (!config.learn) learned.clear();
    this.#audit = new SqlAuditStore(ctx.storage.sql, config.limits);
    const quietly = (work: Promise<unknown>) =>
      ctx.waitUntil(work.catch((error: unknown) => log(`the checker cannot be warmed: ${String(error)}`)));
    // The answer that it stands behind goes first: both are served by one thread.
    const learn = async (catalog: Catalog) => {
      await scheduler.wait(ANSWER_MS);
      await checker.learn(checkedTexts(catalog), config.limits.checkSteps);
    };
    const exporter = exporterOf(config, env, log);
    this.#deps = {
      config,
      decide,
      upstreams,
      learning: this.#learning,
      execution: {
        prepare: (source) => checker.prepare(source),
        check: (source, namespaces) => checker.check(source, namespaces, config.limits.checkSteps),
        executor,
        results: new KeptResults(new SqlResultStore(ctx.storage.sql), config.limits, Date.now),
        log,
      },
      approved: new SqlApprovalStore(ctx.storage.sql, config.limits.approvedTools),
      sealingKey: sealingKey(ctx.storage.sql),
      events: new EventMemory(config.limits),
      keepAliveMs: runtime === undefined ? KEEP_ALIVE_MS.deployed : KEEP_ALIVE_MS.local,
      warm: (catalog) => {
        if (config.check !== "off") quietly(learn(catalog));
      },
      onParked: () => this.#stayAlive(),
      ...(exporter !== undefined && { sendSpans: (spans: readonly Span[]) => ctx.waitUntil(exporter.send(spans)) }),
      caller: () => this.#caller,
      record: (record) => this.#record(record),
      onAsked: () => {
        if (this.#learning?.asked(Date.now()) === true) this.#views.forEach((view) => view.forget());
      },
    };
    quietly(checker.load());
  }

  /** `/mcp` and `CONNECTION_URL`, with the name of a profile behind it if it is to be one. Whether the caller may have that is the app's business. */
  override async fetch(request: Request): Promise<Response> {
    const [, , profile] = new URL(request.url).pathname.split("/");
    const caller = request.headers.get(CALLER_HEADER);
    if (caller !== null) this.#caller = decodeURIComponent(caller);
    const view = this.#view(profile);
    if (view === undefined) return new Response("There is no such profile.\n", { status: 404 });
    if (!request.url.startsWith(CONNECTION_URL)) {
      this.#lastOrigin = new URL(request.url).origin;
      return view.endpoint.fetch(request);
    }
    const { 0: theirs, 1: ours } = new WebSocketPair();
    view.endpoint.serveConnection(new MessageSocket(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** The platform forgets a Workspace that does nothing; one whose errands wait for their callers does nothing for minutes. */
  override alarm(): void {
    if ([...this.#views.values()].some(({ parked }) => parked > 0)) this.#stayAlive();
  }

  /** The upstreams' states by their configured keys, once all have answered or had their time. */
  async status(): Promise<Record<string, UpstreamStatus>> {
    const { namespaces } = await this.#whole().readyAndRead();
    const statusOf = ({ upstream, status, why, tools, skipped }: CatalogNamespace) =>
      [upstream, { status, ...(why !== undefined && { why }), tools: tools.length, skipped: skipped.length }] as const;
    return Object.fromEntries(namespaces.map(statusOf));
  }

  /** See `Connecting.page`, as the next two. */
  async connectPage(ticket: string): Promise<Outcome<ConnectPage>> {
    return this.#connecting().page(ticket);
  }

  async beginConnect(ticket: string, browser: string): Promise<Outcome<{ location: string }>> {
    return this.#connecting().begin(ticket, browser);
  }

  async finishConnect(query: string, browser: string): Promise<Outcome<{ upstream: string }>> {
    return this.#connecting().finish(query, browser);
  }

  /** Where an upstream with OAuth stands; `wait`: once its user has connected it. Undefined if there is none of this key. */
  async connection(key: string, wait: boolean): Promise<ConnectionState | undefined> {
    const auth = this.#connections?.upstreams.get(key)?.auth;
    if (auth === undefined) return undefined;
    // Before the first look, or the moment between the two would be missed.
    const next = this.#upstreams.untilConnected(key);
    const { status = "unavailable", why, tools = [] } = (await this.#upstreams.state(key)) ?? {};
    const isConnected = status === "ready" && (await auth.grant())?.tokens !== undefined;
    if (wait && !isConnected) return next.then(() => this.connection(key, false));
    return {
      status,
      ...(why !== undefined && { why }),
      tools: tools.length,
      ...(!isConnected && status !== "unavailable" && { link: await this.#connecting().link(key) }),
    };
  }

  /** Gives up what its user has connected; see `UpstreamAuth.disconnect`. */
  async disconnect(key: string): Promise<"nothing" | "told" | "untold"> {
    const auth = this.#connections?.upstreams.get(key)?.auth;
    return auth === undefined ? "nothing" : auth.disconnect();
  }

  /** A text of the API, whole or as a profile shows it, once all upstreams have answered or had their time. */
  async apiText(kind: ApiTextKind, profile?: string): Promise<ApiText> {
    const view = this.#view(profile);
    if (view === undefined) throw new CodemodeError("config", "There is no such profile.");
    return apiText(await view.ready(), kind, this.#config.description.maxChars);
  }

  /** What has been done for this caller: the last records, or the first behind a number. */
  async audit(count: number, after?: number): Promise<NumberedRecord[]> {
    return this.#audit.read(count, after);
  }

  /**
   * Before the caller gets an answer where it is to last: in this database, or, because the local runtime throws that away, in the user's files. There the
   * database comes behind the answer, which would wait for its disk.
   */
  async #record(record: AuditRecord): Promise<void> {
    try {
      const { RUNTIME: runtime } = this.env;
      this.#audit.add(record, Date.now(), runtime === undefined ? 0 : AUDIT_MS);
      await runtime?.fetch("http://runtime/audit", { method: "POST", body: JSON.stringify(record) });
    } catch (error) {
      console.error(`the audit record ${record.id} cannot be written: ${messageOf(error)}`);
    }
  }

  #whole(): View {
    const view = this.#views.get(undefined) ?? new View(undefined, undefined, this.#sessions(""), this.#deps);
    this.#views.set(undefined, view);
    return view;
  }

  #view(name: string | undefined): View | undefined {
    if (name === undefined) return this.#whole();
    const profile = profileNamed(name, this.#config.profiles);
    if (profile === undefined) return undefined;
    const view = this.#views.get(name) ?? new View(name, profile, this.#sessions(name), this.#deps);
    this.#views.set(name, view);
    return view;
  }

  #sessions(profile: string): SqlSessionStore {
    return new SqlSessionStore(this.ctx.storage.sql, profile, this.#config.limits);
  }

  #connecting(): Connections["connecting"] {
    // A ticket exists, so there was a key when it was made.
    if (this.#connections === undefined) throw new CodemodeError("config", "CODEMODE_KEY is not set any more");
    return this.#connections.connecting;
  }

  #stayAlive(): void {
    // The local runtime never evicts one.
    if (this.env.RUNTIME === undefined) this.ctx.waitUntil(this.ctx.storage.setAlarm(Date.now() + STAY_ALIVE_MS));
  }
}

/** A configuration that cannot be used costs the spans, not the tools. */
function exporterOf({ telemetry }: Config, env: WorkspaceEnv, log: (line: string) => void): OtlpExporter | undefined {
  try {
    const resolved = resolveTelemetry(telemetry, (name) => readVariable(env, name));
    return resolved === undefined ? undefined : new OtlpExporter(resolved, log);
  } catch (error) {
    log(`telemetry is off: ${messageOf(error)}`);
    return undefined;
  }
}

async function openStdio(runtime: Fetcher, key: string): Promise<WebSocket> {
  const response = await runtime.fetch(`http://runtime/upstream/${encodeURIComponent(key)}`, { headers: { upgrade: "websocket" } });
  if (response.webSocket === null) throw new Error(`the local runtime answered HTTP ${response.status}`);
  return response.webSocket;
}
