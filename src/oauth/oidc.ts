import * as oauth from "oauth4webapi";
import type { SignIn } from "../config/sign-in-schema.ts";
import type { Caller } from "../core/caller.ts";

type Allow = NonNullable<SignIn["oidc"]>["allow"];

export interface OidcProvider {
  /** References are resolved. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly allow: Allow;
}

/** What has to be kept between the redirect to the provider and the return from it. */
export interface OidcTransaction {
  readonly verifier: string;
  readonly nonce: string;
}

export function newTransaction(): OidcTransaction {
  return { verifier: oauth.generateRandomCodeVerifier(), nonce: oauth.generateRandomNonce() };
}

/** Where the person signs in. Throws if the provider's metadata cannot be read. */
export async function signInUrl(
  provider: OidcProvider,
  redirectUri: string,
  state: string,
  { verifier, nonce }: OidcTransaction,
): Promise<URL> {
  const { authorization_endpoint: endpoint } = await discover(provider);
  if (endpoint === undefined) throw new Error("the provider names no authorization endpoint");
  const url = new URL(endpoint);
  const parameters = {
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid email",
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/**
 * Who came back from the provider, or undefined if that person may not come in. `state` has been checked already, and is in `callback`;
 * issuer (also RFC 9207's `iss`, against mix-up), audience, nonce and times of the ID token are checked here. Throws if anything is wrong.
 */
export async function whoSignedIn(
  provider: OidcProvider,
  redirectUri: string,
  callback: URL,
  { verifier, nonce }: OidcTransaction,
): Promise<Caller | undefined> {
  const server = await discover(provider);
  const client: oauth.Client = { client_id: provider.clientId };
  const parameters = oauth.validateAuthResponse(server, client, callback, callback.searchParams.get("state") ?? oauth.expectNoState);
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_basic")
    ? oauth.ClientSecretBasic(provider.clientSecret)
    : oauth.ClientSecretPost(provider.clientSecret);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    redirectUri,
    verifier,
    optionsFor(provider.issuer),
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, requireIdToken: true });
  const claims = oauth.getValidatedIdTokenClaims(result);
  if (claims === undefined || !mayComeIn(claims, provider.allow)) return undefined;
  const { sub, email } = claims;
  return {
    id: `oidc-${await hashOf(`${provider.issuer}\n${sub}`)}`,
    name: typeof email === "string" ? email.slice(0, 200) : sub.slice(0, 200),
  };
}

/** An address counts only if the provider says that it is verified: anybody can write one into a profile. */
export function mayComeIn(
  { sub, email, email_verified: verified }: Record<string, unknown>,
  { subjects, emails, domains }: Allow,
): boolean {
  if (typeof sub === "string" && subjects.includes(sub)) return true;
  if (typeof email !== "string" || verified !== true) return false;
  const address = email.toLowerCase();
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return emails.some((each) => each.toLowerCase() === address) || domains.some((each) => each.toLowerCase() === domain);
}

async function discover({ issuer }: OidcProvider): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, optionsFor(issuer)));
}

/** Plain http only for a provider on this machine. */
function optionsFor(issuer: string): { [oauth.allowInsecureRequests]?: boolean } {
  const { protocol, hostname } = new URL(issuer);
  return protocol === "http:" && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) ? { [oauth.allowInsecureRequests]: true } : {};
}

/** 128 bits are enough to tell people apart, and a Workspace's name says nothing of them. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
