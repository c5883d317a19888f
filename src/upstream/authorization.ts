import {
  checkResourceAllowed,
  computeScopeUnion,
  discoverOAuthServerInfo,
  exchangeAuthorization,
  isStrictScopeSuperset,
  refreshAuthorization,
  registerClient,
  resourceUrlFromServerUrl,
  selectClientAuthMethod,
  startAuthorization,
  validateAuthorizationResponseIssuer,
} from "@modelcontextprotocol/client";
import type { AuthorizationServerMetadata, OAuthClientInformation, OAuthTokens } from "@modelcontextprotocol/client";
import type { OAuthClient } from "../config/oauth-schema.ts";
import { CodemodeError } from "../core/errors.ts";
import { webPage } from "../core/web-page.ts";
import type { SendRequest } from "./authorization-fetch.ts";

export const RETURN_PATH = "/connect/callback";
export const DOCUMENT_PATH = "/connect/client.json";

/** What an upstream has said when it refused: where its metadata is (RFC 9728) and which scopes it wants. */
export interface Challenge {
  readonly resourceMetadataUrl?: string;
  readonly scope?: string;
  /** What a call could not be made without (RFC 6750, `insufficient_scope`), whatever else is asked for. */
  readonly required?: string;
}

/** The authorization server of an upstream, as it was found. All that follows goes to this one, whatever the upstream says later. */
export interface Issuer {
  /** RFC 8414: what `iss` has to be. */
  readonly issuer: string;
  readonly server: string;
  readonly metadata?: AuthorizationServerMetadata;
  /** RFC 8707; absent for upstreams from before protected-resource metadata, whose servers refuse it. */
  readonly resource?: string;
  readonly scope?: string;
  readonly required?: string;
}

/** A person is on the way to the authorization server. */
export interface Begun extends Issuer {
  readonly client: OAuthClientInformation;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly registeredScope?: string;
}

/** What a connection of an upstream is made of. */
export interface Grant extends Issuer {
  readonly client: OAuthClientInformation;
  /** For which redirect URI and scope the client was registered: some servers let it ask for nothing else. */
  readonly redirectUri: string;
  readonly registeredScope?: string;
  /** Absent when they were worth nothing any more: the client is used again. */
  readonly tokens?: OAuthTokens;
  /** Milliseconds since the epoch, if the server has said when the access token ends. */
  readonly expiresAt?: number;
  /** When to renew it. */
  readonly renewAt?: number;
}

/** A token is renewed a fifth of its life before its end, and never earlier than this: clocks differ, and requests take their time. */
const RENEW_MS = 60_000;

/** Finds the authorization server, by the metadata of either style. Rejects if there is none, or if what it says of itself does not fit. */
export async function findIssuer(url: URL, { resourceMetadataUrl, scope, required }: Challenge, send: SendRequest): Promise<Issuer> {
  const found = await discoverOAuthServerInfo(url, {
    ...(resourceMetadataUrl !== undefined && { resourceMetadataUrl: new URL(resourceMetadataUrl) }),
    fetchFn: send,
  });
  const { authorizationServerUrl: server, authorizationServerMetadata: metadata, resourceMetadata } = found;
  const resource = resourceMetadata?.resource;
  // A token for another resource than this one could be used there by this one.
  if (resource !== undefined && !checkResourceAllowed({ requestedResource: resourceUrlFromServerUrl(url), configuredResource: resource })) {
    throw new CodemodeError("upstream", "its metadata is that of another server");
  }
  const scopes = scope ?? resourceMetadata?.scopes_supported?.join(" ");
  return {
    issuer: metadata?.issuer ?? server,
    server,
    ...(metadata !== undefined && { metadata }),
    ...(resource !== undefined && { resource }),
    ...(scopes !== undefined && scopes !== "" && { scope: scopes }),
    ...(required !== undefined && { required }),
  };
}

export interface BeginOptions {
  readonly issuer: Issuer;
  /** Where the person comes back to. */
  readonly redirectUri: string;
  readonly state: string;
  /** As configured, with references resolved. */
  readonly configured: OAuthClient;
  /** Our client metadata document, if the authorization server can read it. */
  readonly documentUrl?: string;
  /** What there was before: its client is used again where it fits. */
  readonly before?: Grant;
}

/** Registers the proxy if need be. Rejects if the authorization server refuses. */
export async function begin(options: BeginOptions, send: SendRequest): Promise<{ location: URL; begun: Begun }> {
  const { issuer, redirectUri, state } = options;
  const scope = scopeToAsk(options);
  const { client, registeredScope } = await clientFor(options, scope, send);
  const { authorizationUrl, codeVerifier } = await startAuthorization(issuer.server, {
    ...(issuer.metadata !== undefined && { metadata: issuer.metadata }),
    ...(issuer.resource !== undefined && { resource: issuer.resource }),
    ...(scope !== undefined && { scope }),
    clientInformation: client,
    redirectUrl: redirectUri,
    state,
  });
  const page = webPage(authorizationUrl.href);
  if (typeof page === "string")
    throw new CodemodeError("upstream", `its authorization server names a page that nobody may be sent to: ${page}`);
  const registered = registeredScope === undefined ? {} : { registeredScope };
  const begun: Begun = { ...issuer, client, verifier: codeVerifier, redirectUri, ...registered, ...(scope !== undefined && { scope }) };
  return { location: page, begun };
}

/** The return of the person. Rejects with the SDK's error if `iss` is another's, or if the code is not worth a token. */
export async function redeem(begun: Begun, back: URLSearchParams, now: number, send: SendRequest): Promise<Grant> {
  const { metadata, server, resource, client, verifier, redirectUri, scope } = begun;
  const iss = back.get("iss") ?? undefined;
  validateAuthorizationResponseIssuer({
    iss,
    expectedIssuer: metadata?.issuer,
    issParameterSupported: metadata?.authorization_response_iss_parameter_supported === true,
  });
  const code = back.get("code");
  if (back.has("error") || code === null) throw new CodemodeError("sign_in", refusalIn(back));
  const tokens = await exchangeAuthorization(server, {
    ...(metadata !== undefined && { metadata }),
    ...(resource !== undefined && { resource }),
    ...(iss !== undefined && { iss }),
    clientInformation: client,
    authorizationCode: code,
    codeVerifier: verifier,
    redirectUri,
    fetchFn: send,
  });
  const { scope: _, required: __, verifier: ___, ...kept } = begun;
  return withTokens(kept, tokens, scope, now);
}

/** Rejects with the SDK's error. */
export async function renew(grant: Grant, refreshToken: string, now: number, send: SendRequest): Promise<Grant> {
  const { metadata, server, resource, client, tokens: before } = grant;
  const tokens = await refreshAuthorization(server, {
    ...(metadata !== undefined && { metadata }),
    ...(resource !== undefined && { resource }),
    clientInformation: client,
    refreshToken,
    fetchFn: send,
  });
  return withTokens(grant, tokens, before?.scope, now);
}

/** Tells the server that the grant is not wanted any more (RFC 7009). Resolves with whether it knows such a thing and agrees. */
export async function revoke({ metadata, client, tokens }: Grant, send: SendRequest): Promise<boolean> {
  const endpoint = (metadata as { revocation_endpoint?: unknown } | undefined)?.revocation_endpoint;
  if (typeof endpoint !== "string" || tokens === undefined) return false;
  const { refresh_token: refreshToken, access_token: accessToken } = tokens;
  const body = new URLSearchParams({
    token: refreshToken ?? accessToken,
    token_type_hint: refreshToken === undefined ? "access_token" : "refresh_token",
  });
  const headers = new Headers();
  const method = selectClientAuthMethod(client, metadata?.token_endpoint_auth_methods_supported ?? []);
  if (method === "client_secret_basic") {
    // RFC 6749, 2.3.1: both are form-encoded first.
    headers.set("authorization", `Basic ${btoa([client.client_id, client.client_secret ?? ""].map(encodeURIComponent).join(":"))}`);
  } else {
    body.set("client_id", client.client_id);
    if (method === "client_secret_post") body.set("client_secret", client.client_secret ?? "");
  }
  return (await send(endpoint, { method: "POST", headers, body })).ok;
}

/** An answer without `scope` means what was asked for (RFC 6749, 5.1). */
function withTokens(grant: Grant, tokens: OAuthTokens, asked: string | undefined, now: number): Grant {
  const { expiresAt: _, renewAt: __, ...rest } = grant;
  const scope = tokens.scope ?? asked;
  const lifeMs = (tokens.expires_in ?? Number.NaN) * 1_000;
  return {
    ...rest,
    tokens: { ...tokens, ...(scope !== undefined && { scope }) },
    ...(lifeMs > 0 && { expiresAt: now + lifeMs, renewAt: now + lifeMs - Math.min(RENEW_MS, lifeMs / 5) }),
  };
}

/** What is asked for. Where more is needed than there was, what was granted before is asked for again: a new grant takes the old one's place. */
export function scopeToAsk({ issuer, configured, before }: Pick<BeginOptions, "issuer" | "configured" | "before">): string | undefined {
  const granted = issuer.required !== undefined && before?.issuer === issuer.issuer ? before.tokens?.scope : undefined;
  // Without it some servers give no refresh token; others refuse a scope that they do not know.
  const offline = issuer.metadata?.scopes_supported?.includes("offline_access") === true ? "offline_access" : undefined;
  return computeScopeUnion(configured.scope ?? issuer.scope, granted, issuer.required, offline);
}

async function clientFor(
  { issuer, redirectUri, configured, documentUrl, before }: BeginOptions,
  scope: string | undefined,
  send: SendRequest,
): Promise<{ client: OAuthClientInformation; registeredScope?: string }> {
  const { clientId, clientSecret } = configured;
  if (clientId !== undefined)
    return { client: { client_id: clientId, ...(clientSecret !== undefined && { client_secret: clientSecret }) } };
  if (documentUrl !== undefined && issuer.metadata?.client_id_metadata_document_supported === true)
    return { client: { client_id: documentUrl } };
  const fits = before?.issuer === issuer.issuer && before.redirectUri === redirectUri && before.registeredScope !== undefined;
  if (fits && !isStrictScopeSuperset(scope, before.registeredScope)) return before;
  if (issuer.metadata !== undefined && issuer.metadata.registration_endpoint === undefined) {
    throw new CodemodeError("upstream", "its authorization server registers no clients by itself", {
      remedy: 'Register the proxy there, and write "oauth": { "clientId": ... } into the configuration.',
    });
  }
  const client = await registerClient(issuer.server, {
    ...(issuer.metadata !== undefined && { metadata: issuer.metadata }),
    ...(scope !== undefined && { scope }),
    clientMetadata: clientMetadata(redirectUri, issuer.metadata?.token_endpoint_auth_methods_supported),
    fetchFn: send,
  });
  return { client, registeredScope: scope ?? "" };
}

/** What an authorization server reads about us that takes a URL for a client id. */
export function clientDocument(origin: string): object {
  return { client_id: origin + DOCUMENT_PATH, client_uri: origin, ...clientMetadata(origin + RETURN_PATH) };
}

/** What the proxy says of itself as a client. A public one wherever that may be: PKCE proves it. */
function clientMetadata(redirectUri: string, methods: readonly string[] = ["none"]) {
  const method = ["none", "client_secret_basic", "client_secret_post"].find((each) => methods.includes(each)) ?? "none";
  return {
    client_name: "codemode-proxy",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: method,
    application_type: redirectUri.startsWith("https:") ? "web" : "native",
  };
}

/** The code of the error, if it is one of RFC 6749, 4.1.2.1: anybody can write anything into this URL. */
function refusalIn(back: URLSearchParams): string {
  const known = ["access_denied", "invalid_scope", "server_error", "temporarily_unavailable", "invalid_request", "unauthorized_client"];
  const code = known.find((each) => each === back.get("error"));
  return code === "access_denied" ? "the sign-in was declined" : `the sign-in was not completed${code === undefined ? "" : ` (${code})`}`;
}
