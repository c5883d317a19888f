import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { ProtocolEra, Transport } from "@modelcontextprotocol/server";
import type { Audience, Told } from "./audience.ts";
import type { Errands } from "./errands.ts";
import { withErrorStatus } from "./error-status.ts";
import type { EventMemory } from "./event-memory.ts";
import { ListenStreams } from "./listen-streams.ts";
import { watchListening } from "./listen-transport.ts";
import { createServer } from "./server.ts";
import type { McpDeps } from "./server.ts";
import { Sessions } from "./sessions.ts";
import type { SessionStore } from "./sessions.ts";
import { EXECUTE_TOOL } from "./tool.ts";
import { withoutBacklog } from "./unread.ts";
import { Watching } from "./watching.ts";

export interface EndpointOptions {
  /** How often an open stream gets a comment: also what tells workerd that the client has gone, which is how a 2026-07-28 caller cancels. */
  readonly keepAliveMs: number;
  readonly maxBodyBytes: number;
  /** How long an execution may take at the most. */
  readonly busyMs: number;
  readonly maxSessions: number;
  /** How much of a stream may wait to be read. */
  readonly unreadBytes: number;
  readonly events: EventMemory;
}

export interface McpEndpoint {
  /** Serves `/mcp` for every protocol revision. */
  fetch(request: Request): Promise<Response>;
  /** Serves one connection of JSON-RPC messages, whose opening message chooses the era. Resolves never; ends with the transport. */
  serveConnection(transport: Transport): void;
  /** Tells every caller who wants to know. */
  tell(told: Told): void;
}

/** Both eras on one path: the SDK's own classification decides, so that it can never disagree with the SDK's answers. */
export function createEndpoint(deps: McpDeps, errands: Errands, store: SessionStore, options: EndpointOptions): McpEndpoint {
  const makeServer = (era: ProtocolEra) => createServer(deps, errands, era);
  const { keepAliveMs, maxBodyBytes } = options;
  const { resources } = deps.offers.features;
  const streams = new ListenStreams(deps.subscriptions);
  const modern = createMcpHandler(({ era }) => makeServer(era).server, {
    legacy: "reject",
    responseMode: "sse",
    keepAliveMs,
    maxRequestBodySize: maxBodyBytes,
    bus: streams,
  });
  const sessions = new Sessions(store, () => makeServer("legacy"), options);
  const connections = new Set<Audience>();

  const answer = async (request: Request): Promise<Response> => {
    if (await isLegacyRequest(request, undefined, { maxRequestBodySize: maxBodyBytes })) return sessions.handle(request);
    // What is switched off is not watched either.
    const response = await (resources ? streams.serve(request, (...served) => modern.fetch(...served)) : modern.fetch(request));
    // The SDK has compared the header with the body. A program's calls fail inside the program.
    return request.headers.get("mcp-name") === EXECUTE_TOOL ? response : withErrorStatus(response);
  };

  return {
    fetch: async (request) => withoutBacklog(await answer(request), options.unreadBytes),
    serveConnection(transport) {
      let current: Audience | undefined;
      const listening = new Watching(deps.subscriptions, (uri) => current?.updated(uri));
      serveStdio(
        ({ era }) => {
          const { server, audience } = makeServer(era);
          current = audience;
          connections.add(audience);
          server.onclose = () => {
            connections.delete(audience);
            audience.watching.end();
            listening.end();
          };
          return server;
        },
        { transport: resources ? watchListening(transport, listening) : transport },
      );
    },
    tell(told) {
      if (told.kind === "list_changed") modern.notify[`${told.list}Changed`]();
      for (const audience of [...sessions.audiences(), ...connections]) audience.tell(told);
    },
  };
}
