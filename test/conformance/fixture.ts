import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import {
  createMcpHandler,
  createRequestStateCodec,
  isLegacyRequest,
  localhostAllowedHostnames,
  McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { hostHeaderValidation } from "@modelcontextprotocol/hono";
import { Hono } from "hono";
import { registerContent } from "./fixture-content.ts";
import { FixtureEvents } from "./fixture-events.ts";
import { registerQuestions } from "./fixture-questions.ts";
import type { StateCodec } from "./fixture-questions.ts";
import { registerTools } from "./fixture-tools.ts";
import type { Changes } from "./fixture-tools.ts";

export interface Fixture {
  /** Speaks both eras. */
  readonly url: string;
  /** Speaks the 2025 revisions alone. */
  readonly legacyUrl: string;
  close(): Promise<void>;
}

/** A server with the tools, resources and prompts that the conformance suites look for. Connected directly, it has to pass them. */
export async function startFixture(): Promise<Fixture> {
  const changes: Changes = { tools: 0, prompts: 0 };
  const codec: StateCodec = createRequestStateCodec({ key: crypto.getRandomValues(new Uint8Array(32)) });
  /** What brings the server of each session up to date. */
  const live = new Map<McpServer, Record<keyof Changes, () => void>>();
  const makeServer = () => {
    const server = new McpServer(
      { name: "conformance-fixture", version: "1.0.0" },
      {
        capabilities: {
          tools: { listChanged: true },
          prompts: { listChanged: true },
          resources: { subscribe: true },
          completions: {},
          logging: {},
        },
        requestState: { verify: (state, ctx) => codec.verify(state, ctx) },
      },
    );
    const tools = registerTools(server, changes, (kind) => {
      changes[kind] += 1;
      modern.notify[kind === "tools" ? "toolsChanged" : "promptsChanged"]();
      for (const update of live.values()) update[kind]();
    });
    registerQuestions(server, codec);
    return { server, update: { tools, prompts: registerContent(server, changes) } };
  };
  const modern = createMcpHandler(() => makeServer().server, { legacy: "reject" });
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const serveLegacy = async (request: Request): Promise<Response> => {
    const id = request.headers.get("mcp-session-id");
    if (id !== null) return sessions.get(id)?.handleRequest(request) ?? new Response("No such session", { status: 404 });
    const { server, update } = makeServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      eventStore: new FixtureEvents(),
      retryInterval: 200,
      onsessioninitialized: (session) => {
        sessions.set(session, transport);
        live.set(server, update);
      },
      onsessionclosed: (session) => {
        sessions.delete(session);
        live.delete(server);
      },
    });
    await server.connect(transport);
    return transport.handleRequest(request);
  };
  const app = new Hono();
  app.use(hostHeaderValidation(localhostAllowedHostnames()));
  app.all("/mcp", async ({ req: { raw } }) => ((await isLegacyRequest(raw)) ? serveLegacy(raw) : modern.fetch(raw)));
  app.all("/legacy", ({ req: { raw } }) => serveLegacy(raw));
  const http = createServer((request, response) => void getRequestListener(app.fetch)(request, response));
  await new Promise<void>((resolve) => void http.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url: `${origin}/mcp`,
    legacyUrl: `${origin}/legacy`,
    async close() {
      await modern.close();
      http.closeAllConnections();
      await new Promise((resolve) => void http.close(resolve));
    },
  };
}
