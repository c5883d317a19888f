import type { Hono } from "hono";
import type { DoorSecrets } from "../config/door-secrets.ts";
import type { Config } from "../config/schema.ts";
import { authorityOf } from "./authority.ts";
import type { Authority, KnownToken } from "./authority.ts";
import { consentPages } from "./consent.ts";
import type { OAuthStore } from "./store.ts";

export interface OAuthDoor {
  readonly pages: Hono;
  readonly serve: Authority["serve"];
  readonly protect: Authority["protect"];
}

/** OAuth at the proxy's own door, or undefined where nobody can sign in. */
export function oauthDoor(
  config: Config,
  secrets: DoorSecrets,
  known: KnownToken,
  store: DurableObjectStub<OAuthStore>,
  log: (line: string) => void,
): OAuthDoor | undefined {
  const { passphrase, oidc } = secrets;
  const allow = config.signIn?.oidc?.allow;
  const signIn =
    passphrase !== undefined ? { passphrase } : oidc !== undefined && allow !== undefined ? { provider: { ...oidc, allow } } : undefined;
  if (signIn === undefined) return undefined;
  /**
   * The platform and `checkHost` let only the proxy's own names through, so the origin of a request is one of ours. Made for each request:
   * the store's stub belongs to the request that got it.
   */
  const authority = (request: Request) => authorityOf(config.publicUrl ?? new URL(request.url).origin, store, known);
  return {
    pages: consentPages({ authority, store, signIn, limits: config.limits, log }),
    serve: (request, ctx) => authority(request).serve(request, ctx),
    protect: (request, ctx, enter) => authority(request).protect(request, ctx, enter),
  };
}
