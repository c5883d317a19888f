import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createMcpHandler, Server as ModernServer } from "@modelcontextprotocol/server";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema, ResultSchema } from "@modelcontextprotocol/sdk/types.js";
import type { LoggingLevel, ServerContext } from "@modelcontextprotocol/server";
import { OFFER_CAPABILITIES, offerLegacy, offerModern, page } from "./offers.ts";
import type { LegacyExtra, OffersScript } from "./offers.ts";

export interface Call {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
  readonly signal: AbortSignal;
  /** As it arrived, with what belongs to the one hop. */
  readonly meta: Record<string, unknown>;
  /** What the client says that it can be asked. */
  readonly capabilities: object;
  readonly progress: (progress: number, total?: number, message?: string) => Promise<void>;
  /** Says something to whoever made the call, if they have asked for that level. */
  readonly log: (level: LoggingLevel, data: unknown, logger?: string) => Promise<void>;
  /** 2025: asks over the stream of the call, or over that of the connection. */
  readonly ask: (method: string, params?: object, over?: "call" | "connection") => Promise<Record<string, unknown>>;
  /** 2026: what the client has come back with. */
  readonly answers: Record<string, unknown>;
  readonly state: string | undefined;
}

/** What a scripted upstream does. Tools and pages are raw on purpose: broken ones are part of the script. */
export interface UpstreamScript {
  /** The pages of `tools/list`; may be changed while it runs. */
  pages: unknown[][];
  call(call: Call): unknown;
  /** What it offers besides tools. */
  readonly offers?: OffersScript;
}

export interface ScriptedUpstream {
  readonly url: string;
  readonly script: UpstreamScript;
  /** Headers of every request, lower-case names, in order. */
  readonly requests: Record<string, string>[];
  /** JSON-RPC methods seen, in order. */
  readonly methods: string[];
  /** Calls that have arrived, in order. */
  readonly calls: Call[];
  /** Resolves with the first of them. */
  readonly called: Promise<Call>;
  /** Tells every client that the tools have changed. */
  notifyToolsChanged(): Promise<void>;
  notifyChanged(what: "resources" | "prompts"): Promise<void>;
  /** Tells who has subscribed to it. */
  notifyUpdated(uri: string): Promise<void>;
  /** 2025: says something to every client, in no call. */
  log(level: LoggingLevel, data: unknown): Promise<void>;
  /** 2025: the levels that clients have set, in order. */
  readonly levels: readonly string[];
  /** 2025: the URIs that are subscribed to. 2026: those of all streams, open and closed. */
  readonly subscribed: ReadonlySet<string>;
  /** Forgets all sessions, as a restarted server does. */
  forgetSessions(): void;
  /** The same, and every connection breaks. */
  restart(): void;
  close(): Promise<void>;
}

export type UpstreamEra = "legacy" | "modern" | "sse";

/** Answers in the server's place, or lets the request through. */
export type Guard = (request: Request) => Promise<Response | undefined> | Response | undefined;

/** A real MCP server on loopback: of the 2025 revisions (v1 SDK), of 2026-07-28 (v2 SDK), or of the old HTTP+SSE transport. */
export async function startUpstream(era: UpstreamEra, script: UpstreamScript, guard?: Guard): Promise<ScriptedUpstream> {
  const requests: Record<string, string>[] = [];
  const methods: string[] = [];
  const calls: Call[] = [];
  const called = Promise.withResolvers<Call>();
  const answer = (call: Call) => {
    calls.push(call);
    called.resolve(call);
    return script.call(call);
  };
  const seen = { levels: [] as string[], subscribed: new Set<string>() };
  const capabilities = { tools: { listChanged: true }, ...(script.offers !== undefined && OFFER_CAPABILITIES) };
  const servers = new Set<Server>();
  const makeLegacy = () => {
    const server = new Server({ name: "scripted", version: "1.0.0" }, { capabilities, instructions: "Scripted." });
    const callOf = (
      name: string,
      args: object | undefined,
      { signal, sendRequest, sendNotification, _meta: meta = {} }: LegacyExtra,
    ): Call => ({
      name,
      arguments: { ...args },
      signal,
      meta,
      capabilities: server.getClientCapabilities() ?? {},
      progress: async (progress, total, message) => {
        const { progressToken } = meta;
        if (progressToken === undefined) return;
        await sendNotification({ method: "notifications/progress", params: { progressToken, progress, total, message } });
      },
      log: (level, data, logger) => sendNotification({ method: "notifications/message", params: { level, data, logger } }),
      ask: (method, asked, over = "call") => {
        const request = { method, params: { ...asked } } as never;
        const options = { signal, timeout: 2_147_483_647 };
        return over === "call" ? sendRequest(request, ResultSchema, options) : server.request(request, ResultSchema, options);
      },
      answers: {},
      state: undefined,
    });
    server.setRequestHandler(ListToolsRequestSchema, async ({ params }) => page("tools", script.pages, params));
    server.setRequestHandler(
      CallToolRequestSchema,
      async ({ params: { name, arguments: args } }, extra) => (await answer(callOf(name, args, extra))) as never,
    );
    if (script.offers !== undefined) offerLegacy(server, script.offers, seen, callOf);
    servers.add(server);
    return server;
  };

  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const legacyFetch = async (request: Request): Promise<Response> => {
    const id = request.headers.get("mcp-session-id");
    if (id !== null)
      return (
        sessions.get(id)?.handleRequest(request) ??
        Response.json({ jsonrpc: "2.0", error: { code: -32001, message: "Session not found" }, id: null }, { status: 404 })
      );
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (session) => void sessions.set(session, transport),
    });
    await makeLegacy().connect(transport);
    return transport.handleRequest(request);
  };

  const modernCall = (name: string, args: object | undefined, ctx: ServerContext): Call => {
    const { signal, _meta: meta = {}, envelope = {}, inputResponses = {} } = ctx.mcpReq;
    const { progressToken } = meta;
    return {
      name,
      arguments: { ...args },
      signal,
      meta: { ...meta, ...envelope },
      capabilities: (envelope as Record<string, object>)["io.modelcontextprotocol/clientCapabilities"] ?? {},
      progress: async (progress, total, message) => {
        if (progressToken === undefined) return;
        await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total, message } });
      },
      log: (level, data, logger) => ctx.mcpReq.log(level, data, logger),
      ask: () => Promise.reject(new Error("a server of 2026-07-28 asks with its result")),
      answers: inputResponses,
      state: ctx.mcpReq.requestState<string>(),
    };
  };
  const modern = createMcpHandler(
    () => {
      const server = new ModernServer({ name: "scripted", version: "1.0.0" }, { capabilities });
      server.setRequestHandler("tools/list", async ({ params }) => page("tools", script.pages, params));
      server.setRequestHandler(
        "tools/call",
        async ({ params: { name, arguments: args } }, ctx) => (await answer(modernCall(name, args, ctx))) as never,
      );
      if (script.offers !== undefined) offerModern(server, script.offers, modernCall);
      return server;
    },
    { legacy: "reject" },
  );

  const record = async (request: Request) => {
    requests.push(Object.fromEntries(request.headers));
    if (request.method !== "POST") return;
    const body: unknown = await request
      .clone()
      .json()
      .catch(() => undefined);
    if (typeof body !== "object" || body === null || !("method" in body)) return;
    methods.push(String(body.method));
    const { params } = body as { params?: { notifications?: { resourceSubscriptions?: string[] } } };
    for (const uri of params?.notifications?.resourceSubscriptions ?? []) seen.subscribed.add(uri);
  };
  const listener = getRequestListener(async (request) => {
    const refused = await guard?.(request);
    if (refused !== undefined) return refused;
    await record(request);
    return era === "modern" ? modern.fetch(request) : legacyFetch(request);
  });

  const sse = new Map<string, SSEServerTransport>();
  const server = createServer((request, response) => {
    if (era !== "sse") return void listener(request, response);
    requests.push(request.headers as Record<string, string>);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method === "GET") {
      const transport = new SSEServerTransport("/messages", response);
      sse.set(transport.sessionId, transport);
      return void makeLegacy().connect(transport);
    }
    const transport = sse.get(url.searchParams.get("sessionId") ?? "");
    if (transport === undefined) return void response.writeHead(405).end();
    return void transport.handlePostMessage(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/mcp`,
    script,
    requests,
    methods,
    calls,
    called: called.promise,
    async notifyToolsChanged() {
      modern.notify.toolsChanged();
      await Promise.all(Array.from(servers, (one) => one.sendToolListChanged().catch(() => undefined)));
    },
    async notifyChanged(what) {
      modern.notify[what === "prompts" ? "promptsChanged" : "resourcesChanged"]();
      const method = `notifications/${what}/list_changed` as const;
      await Promise.all(Array.from(servers, (one) => one.notification({ method }).catch(() => undefined)));
    },
    async notifyUpdated(uri) {
      modern.notify.resourceUpdated(uri);
      if (seen.subscribed.has(uri))
        await Promise.all(Array.from(servers, (one) => one.sendResourceUpdated({ uri }).catch(() => undefined)));
    },
    async log(level, data) {
      const params = { level, data };
      await Promise.all(Array.from(servers, (one) => one.notification({ method: "notifications/message", params }).catch(() => undefined)));
    },
    levels: seen.levels,
    subscribed: seen.subscribed,
    forgetSessions: () => sessions.clear(),
    restart() {
      sessions.clear();
      server.closeAllConnections();
    },
    async close() {
      await modern.close();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

export function tool(name: string, more: object = {}): object {
  return { name, inputSchema: { type: "object" }, ...more };
}

export function text(value: string): object {
  return { content: [{ type: "text", text: value }] };
}
