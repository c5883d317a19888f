import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import type { Server } from "@modelcontextprotocol/server";
import { intercept } from "../core/interception.ts";
import type { Audience, Wish } from "./audience.ts";
import type { EventMemory } from "./event-memory.ts";
import { primed, RETRY_MS } from "./primed.ts";
import { restOf } from "./rest-of.ts";
import { SessionEvents } from "./session-events.ts";

/** What a session needs to be made again. */
export interface KeptSession {
  /** Its `initialize` request as JSON text. */
  readonly initialize: string;
  readonly wishes: readonly Wish[];
}

export interface SessionStore {
  load(id: string): KeptSession | undefined;
  save(id: string, initialize: string): void;
  /** In addition to what is kept of the session, and once. */
  keepWish(id: string, wish: Wish): void;
  dropWish(id: string, wish: Wish): void;
  delete(id: string): void;
}

interface Session {
  readonly server: Server;
  readonly audience: Audience;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly events: SessionEvents;
  usedAt: number;
  /** The latest stream on which the client listens. */
  stream?: ReadableStream;
}

export interface SessionsOptions {
  readonly keepAliveMs: number;
  readonly maxBodyBytes: number;
  /** How long an answer may take at the most: a session used within that time is left open. */
  readonly busyMs: number;
  /** Sessions held in memory at once. A further one closes the one longest unused, which comes back from the store when it is asked for. */
  readonly maxSessions: number;
  /** What sessions keep for clients that lose their streams. */
  readonly events: EventMemory;
}

/**
 * Sessions of the 2025 revisions. Each is a long-lived server with its transport; one that an evicted Workspace has forgotten is made again
 * by replaying its `initialize`, and the client notices nothing.
 */
export class Sessions {
  readonly #store: SessionStore;
  readonly #makeServer: () => Pick<Session, "server" | "audience">;
  readonly #options: SessionsOptions;
  /** In the order of their last use. */
  readonly #live = new Map<string, Session>();
  readonly #reviving = new Map<string, Promise<Session | undefined>>();

  constructor(store: SessionStore, makeServer: () => Pick<Session, "server" | "audience">, options: SessionsOptions) {
    this.#store = store;
    this.#makeServer = makeServer;
    this.#options = options;
  }

  async handle(request: Request): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    if (id === null) return this.#begin(request);
    const session = this.#touch(id) ?? (await this.#reviveOnce(id, request.url));
    if (session === undefined) return sessionNotFound();
    return request.method === "GET" ? listen(session, request) : session.transport.handleRequest(request);
  }

  /** Of the live sessions. */
  audiences(): Audience[] {
    return Array.from(this.#live.values(), ({ audience }) => audience);
  }

  /** A request without a session: `initialize` opens one, anything else gets the SDK's own answer. */
  async #begin(request: Request): Promise<Response> {
    const body = await request.clone().text();
    const session = await this.#open(crypto.randomUUID(), (id) => this.#store.save(id, body));
    return session.transport.handleRequest(request);
  }

  async #open(id: string, onInitialized: (id: string) => void): Promise<Session> {
    const events = new SessionEvents(this.#options.events);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      eventStore: events,
      retryInterval: RETRY_MS,
      keepAliveMs: this.#options.keepAliveMs,
      maxRequestBodySize: this.#options.maxBodyBytes,
      onsessioninitialized: () => {
        onInitialized(id);
        this.#live.set(id, session);
        this.#trim();
      },
      onsessionclosed: () => {
        this.#live.delete(id);
        this.#store.delete(id);
      },
    });
    const session: Session = { ...this.#makeServer(), transport, events, usedAt: Date.now() };
    session.audience.onWish = (wish, isOver) => this.#store[isOver ? "dropWish" : "keepWish"](id, wish);
    session.server.onclose = () => {
      events.clear();
      session.audience.watching.end();
    };
    intercept(transport, (message, pass) => {
      if (!("method" in message)) events.settled(message.id);
      pass(message);
    });
    await session.server.connect(transport);
    return session;
  }

  /** A client that comes back sends several requests at once; they must meet in one session. */
  #reviveOnce(id: string, url: string): Promise<Session | undefined> {
    const reviving = this.#reviving.get(id) ?? this.#revive(id, url).finally(() => this.#reviving.delete(id));
    this.#reviving.set(id, reviving);
    return reviving;
  }

  async #revive(id: string, url: string): Promise<Session | undefined> {
    const kept = this.#store.load(id);
    if (kept === undefined) return undefined;
    const session = await this.#open(id, () => undefined);
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const replay = async (body: string, extra: Record<string, string>) => {
      const response = await session.transport.handleRequest(new Request(url, { method: "POST", headers: { ...headers, ...extra }, body }));
      await response.text();
    };
    await replay(kept.initialize, {});
    await replay(JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }), { "mcp-session-id": id });
    await session.audience.wishAgain(kept.wishes);
    // What has changed while it was away, nobody knows.
    await session.server.sendToolListChanged();
    return session;
  }

  #touch(id: string): Session | undefined {
    const session = this.#live.get(id);
    if (session === undefined) return undefined;
    session.usedAt = Date.now();
    this.#live.delete(id);
    this.#live.set(id, session);
    return session;
  }

  #trim(): void {
    for (const [id, { server, usedAt }] of this.#live) {
      if (this.#live.size <= this.#options.maxSessions || Date.now() - usedAt < this.#options.busyMs) return;
      this.#live.delete(id);
      server.close().catch(() => undefined);
    }
  }
}

/**
 * Each GET goes on with a stream, that of the session if it names none, and takes the place of whoever has it: who comes again has lost it, and a
 * connection that is gone is noticed late.
 */
async function listen(session: Session, request: Request): Promise<Response> {
  const { transport, events } = session;
  const resumption = events.resume(request.headers.get("last-event-id"));
  if (resumption === "unknown") return eventUnknown();
  // What ends the attempts of an EventSource, and of the SDKs' clients.
  if (resumption === "over") return new Response(null, { status: 204 });
  const headers = new Headers(request.headers);
  headers.set("last-event-id", resumption.from);
  const answer = await transport.handleRequest(new Request(request, { headers }));
  return primed(resumption.isOfSession ? heard(session, answer) : answer, resumption.from, headers.get("mcp-protocol-version"));
}

/** Without the stream of the session there is nobody to tell what nobody has asked for at the moment. */
function heard(session: Session, response: Response): Response {
  const { body } = response;
  if (!response.ok || body === null) return response;
  const { watching } = session.audience;
  session.stream = body;
  void watching.resume();
  const onEnd = () => {
    if (session.stream === body) watching.rest();
  };
  return new Response(restOf(body.getReader(), { onEnd }), response);
}

/** Not 404, which would end the session. */
function eventUnknown(): Response {
  const message =
    "There is no such event in this session, or its stream is not kept any more. If it was a call's, find out what that has done before you repeat it.";
  return Response.json({ jsonrpc: "2.0", error: { code: -32000, message }, id: null }, { status: 400 });
}

/** 404 is how the 2025 revisions tell a client to initialize again. */
function sessionNotFound(): Response {
  const error = { code: -32001, message: "Session not found. Send initialize again." };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status: 404 });
}
