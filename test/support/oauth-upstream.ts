import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { Configuration } from "oidc-provider";
import { startUpstream, text, tool } from "./upstreams.ts";
import type { ScriptedUpstream } from "./upstreams.ts";

export interface OAuthUpstreamOptions {
  /** Seconds. */
  readonly accessTokenTtl?: number;
  readonly configuration?: Configuration;
}

/** An MCP server that wants bearer tokens, and `oidc-provider` as its authorization server: with switches for what goes wrong. */
export interface OAuthUpstream {
  readonly upstream: ScriptedUpstream;
  readonly issuer: string;
  readonly provider: Provider;
  /** Requests to the authorization server as `POST /token`, in order, with the grant type. */
  readonly seen: string[];
  /** Every access and refresh token that was given out. */
  readonly tokens: Set<string>;
  /** Answers instead of the authorization server, while it is set. */
  intercept: ((request: IncomingMessage, response: ServerResponse, body: string) => boolean) | undefined;
  /** What the upstream says of its authorization: where its metadata is, and what is in it. */
  metadata: Record<string, unknown>;
  /** The scope that calls need. */
  needed: string | undefined;
  /** It says so of tokens that have it, too. */
  stubborn: boolean;
  /** Access tokens that the upstream refuses from now on. */
  readonly refused: Set<string>;
  close(): Promise<void>;
}

export const SCOPES = ["openid", "offline_access", "read", "write"];

export async function startOAuthUpstream({
  accessTokenTtl = 3_600,
  configuration = {},
}: OAuthUpstreamOptions = {}): Promise<OAuthUpstream> {
  const seen: string[] = [];
  const tokens = new Set<string>();
  const refused = new Set<string>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const it: Pick<OAuthUpstream, "intercept" | "metadata" | "needed" | "stubborn"> = {
    stubborn: false,
    intercept: undefined,
    metadata: {},
    needed: undefined,
  };
  let resource = "";

  const provider = new Provider(issuer, {
    scopes: SCOPES,
    clients: [],
    clientDefaults: { token_endpoint_auth_method: "none" },
    cookies: { keys: ["a-key-for-tests"] },
    ttl: { AccessToken: accessTokenTtl, RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 600, AuthorizationCode: 60 },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client, code) => client.grantTypeAllowed("refresh_token") && code.scopes.has("offline_access"),
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: {
      devInteractions: { enabled: true },
      registration: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, indicator) => ({
          scope: "read write",
          audience: indicator,
          accessTokenFormat: "opaque",
          accessTokenTTL: accessTokenTtl,
        }),
        useGrantedResource: () => true,
      },
    },
    ...configuration,
  });
  provider.on("access_token.saved", (token: { jti: string }) => void tokens.add(token.jti));
  provider.on("refresh_token.saved", (token: { jti: string }) => void tokens.add(token.jti));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const path = new URL(request.url ?? "/", issuer).pathname;
    if (request.method !== "POST") {
      seen.push(`GET ${path}`);
      if (it.intercept?.(request, response, "") !== true) void answer(request, response);
      return;
    }
    void readBody(request).then((body) => {
      const grant = new URLSearchParams(body).get("grant_type");
      seen.push(`POST ${path}${grant === null ? "" : ` ${grant}`}`);
      // `oidc-provider` takes a body that was read already from here.
      (request as IncomingMessage & { body?: unknown }).body = body;
      if (it.intercept?.(request, response, body) !== true) void answer(request, response);
    });
  });

  const upstream = await startUpstream(
    "modern",
    {
      pages: [[tool("whoami"), tool("write")]],
      call: ({ name }) => text(name),
    },
    async (request) => {
      const url = new URL(request.url);
      const at = `${url.origin}/.well-known/oauth-protected-resource/mcp`;
      if (url.href === at) return Response.json({ resource, authorization_servers: [issuer], ...it.metadata });
      if (url.pathname !== "/mcp") return new Response(null, { status: 404 });
      const [, said] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
      const token = said === undefined ? undefined : await provider.AccessToken.find(said);
      const challenge = (more: string) => ({ "www-authenticate": `Bearer resource_metadata="${at}"${more}` });
      if (token === undefined || refused.has(said ?? "")) {
        return new Response("who are you?", { status: 401, headers: challenge("") });
      }
      const isCall = request.headers.get("mcp-method") === "tools/call";
      if (isCall && it.needed !== undefined && (it.stubborn || !token.scopes.has(it.needed))) {
        return new Response("more!", { status: 403, headers: challenge(`, error="insufficient_scope", scope="${it.needed}"`) });
      }
      return undefined;
    },
  );
  resource = upstream.url;
  return Object.assign(it, {
    upstream,
    issuer,
    provider,
    seen,
    tokens,
    refused,
    async close() {
      await upstream.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
