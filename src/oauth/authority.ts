import { OAuthAuthorizationServer, OAuthResourceServer } from "@cloudflare/workers-oauth-provider";
import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { Caller } from "../core/caller.ts";
import { asKv } from "./store.ts";
import type { OAuthStore } from "./store.ts";

/** What any use of `/mcp` needs. What a caller may do there is the policy's business, not a scope's. */
export const SCOPE = "mcp";
const SCOPES = [SCOPE, "offline_access"];

/** A client that is used goes on for as long as it is used; one that is not is asked to sign in again. */
const REFRESH_IDLE_SECONDS = 90 * 24 * 3_600;

interface OAuthEnv {
  readonly OAUTH_KV: KVNamespace;
}

/** What a token stands for: the caller who approved it. Encrypted under the token. */
interface Props {
  readonly caller: Caller;
}

/** Knows a bearer token that is no OAuth token. */
export type KnownToken = (token: string) => Promise<Caller | undefined>;

/** The proxy as OAuth authorization server and protected resource, under one origin. */
export interface Authority {
  readonly origin: string;
  readonly helpers: OAuthHelpers;
  /** Metadata, token, revocation and registration endpoints. */
  serve(request: Request, ctx: ExecutionContext): Promise<Response>;
  /** Metadata of the protected resource, and `/mcp` itself: 401 with the challenge, or what `enter` answers for the caller. */
  protect(request: Request, ctx: ExecutionContext, enter: (caller: Caller) => Promise<Response>): Promise<Response>;
}

interface Entry extends OAuthEnv {
  readonly enter: (caller: Caller) => Promise<Response>;
}

/** `known` is asked first: callers with a token of their own do not need OAuth. */
export function authorityOf(origin: string, store: DurableObjectStub<OAuthStore>, known: KnownToken): Authority {
  const env: OAuthEnv = { OAUTH_KV: asKv(store) };
  const resource = `${origin}/mcp`;
  const server = new OAuthAuthorizationServer<OAuthEnv>({
    issuer: origin,
    resources: [resource],
    scopesSupported: SCOPES,
    clientRegistrationEndpoint: "/oauth/register",
    clientIdMetadataDocumentEnabled: true,
    refreshTokenIdleTTL: REFRESH_IDLE_SECONDS,
    refreshTokenTTL: REFRESH_IDLE_SECONDS,
  });
  const guard = new OAuthResourceServer<Entry, Props>({
    resourceMetadata: { resource, authorization_servers: [origin], resource_name: "codemode-proxy" },
    requiredScopes: [SCOPE],
    validateToken: (entry) => async (audience, token) => {
      const caller = await known(token);
      if (caller !== undefined) return { props: { caller }, audience, scope: [SCOPE] };
      return server.validateToken<Props>(audience, token, entry);
    },
    handler: { fetch: (_request, { enter }, { props }) => enter(props.caller) },
  });
  return {
    origin,
    helpers: server.getOAuthApi(env),
    serve: (request, ctx) => server.fetch(request, env, ctx),
    protect: (request, ctx, enter) => guard.fetch(request, { ...env, enter }, ctx),
  };
}
