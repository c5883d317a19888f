import { DurableObject } from "cloudflare:workers";
import { buildCatalog } from "../catalog/catalog.ts";
import type { Catalog, CatalogNamespace } from "../catalog/catalog.ts";
import { namespaceOf } from "../catalog/names.ts";
import { currentConfig } from "../config/current.ts";
import type { ApiText, ApiTextKind } from "../core/api-text.ts";
import { CodemodeError } from "../core/errors.ts";
import { MessageSocket } from "../core/message-socket.ts";
import { policyOf } from "../core/policy.ts";
import type { ConnectionState, UpstreamStatus } from "../core/tool.ts";
import { readVariable } from "../core/variables.ts";
import { approvals } from "../execute/approval.ts";
import { execute } from "../execute/execute.ts";
import { Learning } from "../execute/learning.ts";
import type { ExecuteDeps } from "../execute/execute.ts";
import { checkedTexts } from "../execute/judge.ts";
import { KeptResults } from "../execute/kept-results.ts";
import { apiText } from "../mcp/api-text.ts";
import { createEndpoint } from "../mcp/endpoint.ts";
import type { McpEndpoint } from "../mcp/endpoint.ts";
import { Errands } from "../mcp/errands.ts";
import { Passthrough } from "../mcp/passthrough.ts";
import { ShownTool } from "../mcp/shown-tool.ts";
import { instructionsFor } from "../mcp/tool.ts";
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
import { SqlLearnedStore } from "./learned-store.ts";
import { sealingKey } from "./sealing-key.ts";
import { SqlResultStore } from "./result-store.ts";
import { SqlSessionStore } from "./session-store.ts";

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

/** Less than the platform waits before it forgets a Workspace that does nothing and holds connections. */
const STAY_ALIVE_MS = 20_000;

/** Everything stateful of one caller: wiring and storage, no rules. */
export class Workspace extends DurableObject<WorkspaceEnv> {
  readonly #upstreams: Upstreams;
  readonly #connections: Connections | undefined;
  #lastOrigin: string | undefined;
  readonly #learning: Learning | undefined;
  readonly #endpoint: McpEndpoint;
  readonly #errands: Errands;
  readonly #passthrough: Passthrough;
  #catalog: Catalog | undefined;
  readonly #shown: ShownTool;
  readonly #maxChars: number;
  readonly #warm: (catalog?: Catalog) => void;

  constructor(ctx: DurableObjectState, env: WorkspaceEnv) {
    super(ctx, env);
    const config = currentConfig(namespaceOf);
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
      onChange: () => this.#changed(),
      log,
    });
    this.#upstreams = upstreams;
    this.#maxChars = config.description.maxChars;
    this.#shown = new ShownTool(config.description.maxChars);
    const learned = new SqlLearnedStore(ctx.storage.sql);
    this.#learning = config.learn ? new Learning(learned, config.limits) : undefined;
    if (!config.learn) learned.clear();
    const executeDeps: ExecuteDeps = {
      prepare: (source) => checker.prepare(source),
      check: (source, namespaces) => checker.check(source, namespaces, config.limits.checkSteps),
      checking: config.check,
      executor,
      catalog: () => this.#current(),
      callUpstream: (...call) => upstreams.call(...call),
      rereadUpstream: (key) => upstreams.reread(key),
      signIn: (key, context) => upstreams.signIn(key, context),
      ...(this.#learning !== undefined && { learning: this.#learning }),
      approve: approvals({
        decide,
        store: new SqlApprovalStore(ctx.storage.sql, config.limits.approvedTools),
        limits: config.limits,
        now: Date.now,
      }),
      results: new KeptResults(new SqlResultStore(ctx.storage.sql), config.limits, Date.now),
      limits: config.limits,
      log,
    };
    this.#passthrough = new Passthrough({
      upstreams: new Set(config.upstreams.filter(({ passthrough }) => passthrough === true).map(({ key }) => key)),
      catalog: () => this.#ready(),
      call: async ({ upstream, tool, namespace, identifier }, args, context) => {
        await executeDeps.approve({ key: upstream, tool, name: `${namespace}.${identifier}`, args, alone: true }, context);
        return upstreams.call(upstream, tool, args, context);
      },
      limits: config.limits,
    });
    this.#errands = new Errands({
      sealingKey: sealingKey(ctx.storage.sql),
      limits: config.limits,
      onParked: () => this.#stayAlive(),
    });
    this.#endpoint = createEndpoint(
      {
        instructions: instructionsFor(config.upstreams.map(({ namespace }) => namespace)),
        tool: async (url) => {
          if (this.#learning?.asked(Date.now()) === true) this.#catalog = undefined;
          return this.#shown.show(await this.#readyAndRead(), url);
        },
        execute: async (source, context) => {
          await this.#ready();
          return execute(source, executeDeps, context);
        },
        meet: (askable) => upstreams.meet(askable),
        passthrough: this.#passthrough,
        result: config.result,
        limits: config.limits,
      },
      this.#errands,
      new SqlSessionStore(ctx.storage.sql),
      {
        keepAliveMs: runtime === undefined ? KEEP_ALIVE_MS.deployed : KEEP_ALIVE_MS.local,
        maxBodyBytes: config.limits.bodyBytes,
        busyMs: config.limits.executionMs + config.limits.parkMs + config.limits.drainMs,
        maxSessions: config.limits.sessions,
      },
    );
    this.#warm = (catalog) => {
      const read = catalog === undefined || config.check === "off" ? [] : checkedTexts(catalog);
      const warmed = checker.warm(read, config.limits.checkSteps);
      ctx.waitUntil(warmed.catch((error: unknown) => log(`the checker cannot be warmed: ${String(error)}`)));
    };
    this.#warm();
  }

  override async fetch(request: Request): Promise<Response> {
    if (request.url !== CONNECTION_URL) {
      this.#lastOrigin = new URL(request.url).origin;
      return this.#endpoint.fetch(request);
    }
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#endpoint.serveConnection(new MessageSocket(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** The platform forgets a Workspace that does nothing; one whose errands wait for their callers does nothing for minutes. */
  override alarm(): void {
    if (this.#errands.parked > 0) this.#stayAlive();
  }

  /** The upstreams' states by their configured keys, once all have answered or had their time. */
  async status(): Promise<Record<string, UpstreamStatus>> {
    const { namespaces } = await this.#readyAndRead();
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

  /** A text of the API, once all upstreams have answered or had their time. */
  async apiText(kind: ApiTextKind): Promise<ApiText> {
    return apiText(await this.#ready(), kind, this.#maxChars);
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

  async #ready(): Promise<Catalog> {
    await this.#upstreams.ready();
    return this.#current();
  }

  /** Also has the Checker read what is new, behind the answer: whoever asks for the tools is about to send a program. */
  async #readyAndRead(): Promise<Catalog> {
    const catalog = await this.#ready();
    this.#warm(catalog);
    return catalog;
  }

  #current(): Catalog {
    this.#catalog ??= buildCatalog(this.#upstreams.listings(), this.#learning?.settled());
    return this.#catalog;
  }

  #changed(): void {
    this.#catalog = undefined;
    const hasChanged = [this.#shown.changed(this.#current()), this.#passthrough.changed(this.#current())];
    if (hasChanged.includes(true)) this.#endpoint.notifyToolsChanged();
  }
}

async function openStdio(runtime: Fetcher, key: string): Promise<WebSocket> {
  const response = await runtime.fetch(`http://runtime/upstream/${encodeURIComponent(key)}`, { headers: { upgrade: "websocket" } });
  if (response.webSocket === null) throw new Error(`the local runtime answered HTTP ${response.status}`);
  return response.webSocket;
}
