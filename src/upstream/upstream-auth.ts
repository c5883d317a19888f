import { computeScopeUnion, extractWWWAuthenticateParams, isStrictScopeSuperset, OAuthError } from "@modelcontextprotocol/client";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { Redaction } from "../core/redaction.ts";
import { renew, revoke } from "./authorization.ts";
import type { Challenge, Grant } from "./authorization.ts";
import type { SendRequest } from "./authorization-fetch.ts";
import type { Vault } from "./vault.ts";

export interface UpstreamAuthDeps {
  readonly vault: Vault;
  /** For requests to the authorization server. */
  readonly send: SendRequest;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** A shorter token would be no token. */
const MIN_SECRET_CHARS = 6;

/** The upstream wants its user to sign in: nothing was done. */
export class SignInNeeded extends CodemodeError {
  constructor(why: string) {
    super("sign_in", why);
  }
}

/** Whether this is at the bottom of an error of the SDK. */
export function isSignInNeeded(error: unknown): boolean {
  for (let cause = error, depth = 0; depth < 5 && cause instanceof Error; cause = cause.cause, depth += 1)
    if (cause instanceof SignInNeeded) return true;
  return false;
}

/**
 * The token of one upstream for one caller: sent with each request, renewed ahead of its end and when it is refused, by one request however many
 * calls need it. The only place that knows it.
 */
export class UpstreamAuth {
  readonly #key: string;
  readonly #url: URL;
  readonly #deps: UpstreamAuthDeps;
  /** Undefined: not looked yet. */
  #grant: Promise<Grant | undefined> | undefined;
  #renewing: Promise<Grant> | undefined;
  #challenge: Challenge = {};
  /** What it knows of secrets, those of yesterday too: a renewed token may still be in some answer. */
  readonly secrets = new Redaction(MIN_SECRET_CHARS);

  constructor(key: string, url: URL, deps: UpstreamAuthDeps) {
    this.#key = key;
    this.#url = url;
    this.#deps = deps;
  }

  /** What the upstream has last asked for. */
  get challenge(): Challenge {
    return this.#challenge;
  }

  /** What there is, connected or not. */
  grant(): Promise<Grant | undefined> {
    this.#grant ??= this.#load();
    return this.#grant;
  }

  /** The person has come back. */
  async connected(grant: Grant): Promise<void> {
    await this.#deps.vault.save(this.#key, this.#url, grant);
    this.#challenge = {};
    this.#keep(grant);
  }

  /** Gives the grant back. Resolves with whether its server was told; it is forgotten here in any case. */
  async disconnect(): Promise<"nothing" | "told" | "untold"> {
    const { vault, send } = this.#deps;
    const grant = await this.#load();
    this.#grant = undefined;
    await vault.remove(this.#key, this.#url);
    if (grant?.tokens === undefined) return "nothing";
    return (await revoke(grant, send).catch(() => false)) ? "told" : "untold";
  }

  /** Looks whether somebody has connected it meanwhile, here or in another process. */
  async hasChanged(): Promise<boolean> {
    const before = (await this.grant())?.tokens?.access_token;
    const now = await this.#load();
    if (now?.tokens === undefined || now.tokens.access_token === before) return false;
    this.#challenge = {};
    this.#keep(now);
    return true;
  }

  /** For the transports: the token is added, and a refused request sent once more if there is a better one. Rejects with `SignInNeeded`. */
  readonly fetch = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const used = await this.#current();
    const response = await this.#send(url, init, used);
    if (response.status === 403) return this.#forbidden(response, used);
    if (response.status !== 401) return response;
    this.#note(response);
    await response.body?.cancel();
    if (used === undefined) throw new SignInNeeded("its user has to sign in first");
    const again = await this.#send(url, init, await this.#renewed(used));
    if (again.status === 403) return this.#forbidden(again, used);
    if (again.status !== 401) return again;
    this.#note(again);
    await again.body?.cancel();
    throw new SignInNeeded("it does not accept its token any more: its user has to sign in again");
  };

  async #send(url: string | URL, init: RequestInit, grant: Grant | undefined): Promise<Response> {
    const headers = new Headers(init.headers);
    if (grant?.tokens !== undefined) headers.set("authorization", `Bearer ${grant.tokens.access_token}`);
    return fetch(url, { ...init, headers });
  }

  /** The grant with a token that is good for a while, if there is any. */
  async #current(): Promise<Grant | undefined> {
    const grant = await this.grant();
    if (grant?.tokens === undefined) return undefined;
    const { renewAt = Number.POSITIVE_INFINITY, expiresAt = Number.POSITIVE_INFINITY } = grant;
    const now = this.#deps.now();
    if (now < renewAt) return grant;
    if (now < expiresAt && grant.tokens.refresh_token === undefined) return grant;
    try {
      return await this.#renewed(grant);
    } catch (error) {
      // An authorization server that is away does no harm before the token's end.
      if (error instanceof SignInNeeded || now >= expiresAt) throw error;
      return grant;
    }
  }

  /** A better grant than `used`. Rejects with `SignInNeeded`, or with CodemodeError(`upstream`) if nobody can tell. */
  async #renewed(used: Grant): Promise<Grant> {
    const now = await this.grant();
    if (now?.tokens !== undefined && now.tokens.access_token !== used.tokens?.access_token) return now;
    this.#renewing ??= this.#deps.vault
      .exclusively(this.#key, this.#url, () => this.#renew(used))
      .finally(() => {
        this.#renewing = undefined;
      });
    return this.#renewing;
  }

  async #renew(used: Grant): Promise<Grant> {
    const { vault, send, now, log } = this.#deps;
    // Another process may have done it: a refresh token that is shown twice can cost the whole grant.
    const stored = await this.#load();
    if (stored?.tokens === undefined) throw this.#over("its user has to sign in again", stored);
    if (stored.tokens.access_token !== used.tokens?.access_token) return this.#keep(stored);
    if (stored.tokens.refresh_token === undefined) {
      throw this.#over("its token has ended, and there is none to renew it with: its user has to sign in again", stored);
    }
    let renewed: Grant;
    try {
      renewed = await renew(stored, stored.tokens.refresh_token, now(), send);
    } catch (error) {
      if (!(error instanceof OAuthError) || !isFinal(error)) {
        log(`upstream ${this.#key}: its token cannot be renewed: ${this.secrets.apply(messageOf(error)).slice(0, 300)}`);
        throw new CodemodeError("upstream", "its authorization server cannot renew the token at the moment", {
          remedy: "Try again later: nothing is lost.",
          cause: error,
        });
      }
      log(`upstream ${this.#key}: its token cannot be renewed: ${error.code}`);
      const { tokens: _, expiresAt: __, renewAt: ___, ...client } = stored;
      if (error.code === "invalid_client" || error.code === "unauthorized_client") await vault.remove(this.#key, this.#url);
      else await vault.save(this.#key, this.#url, client);
      throw this.#over("its user has to sign in again", error.code === "invalid_grant" ? client : undefined);
    }
    await vault.save(this.#key, this.#url, renewed);
    return this.#keep(renewed);
  }

  /** RFC 6750, 3.1: more rights are needed, and a person can give them. Where it has them already, asking again would lead nowhere. */
  #forbidden(response: Response, used: Grant | undefined): Response {
    const { error, scope } = extractWWWAuthenticateParams(response);
    if (error !== "insufficient_scope") return response;
    const granted = used?.tokens?.scope;
    if (scope === undefined || !isStrictScopeSuperset(computeScopeUnion(granted, scope), granted)) {
      throw new CodemodeError(
        "tool_failed",
        "it refuses the call (HTTP 403, insufficient_scope), although its user has allowed all that it asks for",
      );
    }
    this.#note(response);
    this.#challenge = { ...this.#challenge, required: scope };
    const missing = scope.split(" ").filter((each) => !(granted ?? "").split(" ").includes(each));
    throw new SignInNeeded(`its user has to allow more there (${missing.join(", ").slice(0, 200)})`);
  }

  #note(response: Response): void {
    const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
    this.#challenge = {
      ...(resourceMetadataUrl !== undefined && { resourceMetadataUrl: resourceMetadataUrl.href }),
      ...(scope !== undefined && { scope }),
    };
  }

  #over(why: string, grant: Grant | undefined): SignInNeeded {
    this.#grant = Promise.resolve(grant);
    return new SignInNeeded(why);
  }

  async #load(): Promise<Grant | undefined> {
    const grant = await this.#deps.vault.load(this.#key, this.#url);
    return grant === undefined ? undefined : this.#known(grant);
  }

  #keep(grant: Grant): Grant {
    this.#grant = Promise.resolve(this.#known(grant));
    return grant;
  }

  #known(grant: Grant): Grant {
    const { tokens, client } = grant;
    for (const secret of [tokens?.access_token, tokens?.refresh_token, tokens?.id_token, client.client_secret])
      if (secret !== undefined) this.secrets.note(secret);
    return grant;
  }
}

/** The refresh token or the client is not known any more. Anything else may pass. */
function isFinal({ code }: OAuthError): boolean {
  return ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type"].includes(code);
}
