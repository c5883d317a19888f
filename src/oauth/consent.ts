import { AuthorizationError, authorizationErrorRedirect, CimdFetchError } from "@cloudflare/workers-oauth-provider";
import { Hono } from "hono";
import type { Context } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import { OWNER } from "../core/caller.ts";
import type { Caller } from "../core/caller.ts";
import { messageOf } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { SCOPE } from "./authority.ts";
import type { Authority } from "./authority.ts";
import { consentPage } from "./consent-page.ts";
import { newTransaction, signInUrl, whoSignedIn } from "./oidc.ts";
import type { OidcProvider, OidcTransaction } from "./oidc.ts";
import { messagePage, respond, stylesheet } from "./page.ts";
import type { OAuthStore } from "./store.ts";
import { wrongSecret } from "./tries.ts";

export interface ConsentDeps {
  readonly authority: (request: Request) => Authority;
  readonly store: Pick<DurableObjectStub<OAuthStore>, "countTry" | "succeeded">;
  readonly signIn: { readonly passphrase: string } | { readonly provider: OidcProvider };
  readonly limits: Limits;
  readonly log: (line: string) => void;
}

const CALLBACK = "/oauth/callback";

/**
 * The pages on which a person lets a client in. No session is kept: signing in and consenting are one act, so there is nothing to fixate
 * and nothing that another site could make the browser confirm. The form's handle works once, for ten minutes, in the browser that got it.
 */
export function consentPages(deps: ConsentDeps): Hono {
  const app = new Hono();
  app.get("/oauth/style.css", () => stylesheet());
  app.get("/authorize", (c) => ask(c, deps));
  app.post("/authorize", (c) => decide(c, deps));
  app.get(CALLBACK, (c) => finish(c, deps));
  app.onError((error, c) => refuse(c, error, deps));
  return app;
}

/** The consent page for the request in the URL. */
async function ask(c: Context, deps: ConsentDeps, problem?: string): Promise<Response> {
  const { helpers } = deps.authority(c.req.raw);
  const request = await helpers.parseAuthRequest(new Request(c.req.url, { headers: c.req.raw.headers }));
  const details = await helpers.describeConsent(request);
  const { handle, headers } = await helpers.beginConsent(request);
  const signIn =
    "passphrase" in deps.signIn
      ? ({ by: "passphrase" } as const)
      : ({ by: "provider", host: new URL(deps.signIn.provider.issuer).host } as const);
  const action = new URL(c.req.url).search;
  const text = await consentPage({ details, handle, signIn, action, ...(problem !== undefined && { problem }) });
  return respond(text, problem === undefined ? 200 : 403, headers);
}

async function decide(c: Context, deps: ConsentDeps): Promise<Response> {
  const { helpers, origin } = deps.authority(c.req.raw);
  const form = await c.req.raw.formData();
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  if (field("decision") !== "approve") {
    const { headers } = await helpers.denyConsent(c.req.raw, field("handle"));
    return new Response(null, { status: 302, headers });
  }
  if ("passphrase" in deps.signIn) {
    const { passphrase } = deps.signIn;
    const problem = await wrongSecret(c.req.raw, () => timingSafeEqual(field("passphrase"), passphrase), "the passphrase", deps);
    if (problem !== undefined) return ask(c, deps, problem);
    const { request, headers } = await helpers.approveConsent(c.req.raw, field("handle"));
    return grant(deps.authority(c.req.raw), request, OWNER, headers);
  }
  const { request, headers: approved } = await helpers.approveConsent(c.req.raw, field("handle"));
  const transaction = newTransaction();
  const { state, headers } = await helpers.beginUpstream(request, { data: transaction, headers: approved });
  try {
    headers.set("location", (await signInUrl(deps.signIn.provider, origin + CALLBACK, state, transaction)).href);
  } catch (error) {
    deps.log(`the sign-in provider cannot be used: ${messageOf(error)}`);
    headers.set("location", authorizationErrorRedirect(request, "temporarily_unavailable", "The sign-in provider cannot be reached."));
  }
  return new Response(null, { status: 302, headers });
}

/** The return from the provider. */
async function finish(c: Context, deps: ConsentDeps): Promise<Response> {
  if (!("provider" in deps.signIn)) return c.notFound();
  const authority = deps.authority(c.req.raw);
  const { request, data, headers } = await authority.helpers.finishUpstream<OidcTransaction>(c.req.raw);
  const url = new URL(c.req.url);
  const denied = (description: string) => {
    headers.set("location", authorizationErrorRedirect(request, "access_denied", description));
    return new Response(null, { status: 302, headers });
  };
  if (url.searchParams.has("error")) return denied("The sign-in was not completed.");
  let caller: Caller | undefined;
  try {
    caller = await whoSignedIn(deps.signIn.provider, authority.origin + CALLBACK, url, data);
  } catch (error) {
    deps.log(`sign-in failed: ${messageOf(error)}`);
    return denied("The sign-in could not be verified.");
  }
  if (caller === undefined) return denied("This person may not use this proxy.");
  return grant(authority, request, caller, headers);
}

async function grant(
  { helpers }: Authority,
  request: Parameters<typeof authorizationErrorRedirect>[0],
  caller: Caller,
  headers: Headers,
): Promise<Response> {
  const { redirectTo } = await helpers.completeAuthorization({
    request: request as never,
    userId: caller.id,
    metadata: { caller: caller.name, at: Date.now() },
    scope: [SCOPE],
    props: { caller },
  });
  headers.set("location", redirectTo);
  return new Response(null, { status: 302, headers });
}

/** Where the library has checked the redirect URI the client learns why; everything else is for the person alone. */
async function refuse(_c: Context, error: unknown, { log }: ConsentDeps): Promise<Response> {
  if (error instanceof AuthorizationError) {
    if (error.redirectTo !== undefined) return Response.redirect(error.redirectTo, 302);
    return respond(await messagePage("Nothing was granted", `${error.description} Start again in your client.`), 400);
  }
  if (error instanceof CimdFetchError) {
    log(`the client's metadata cannot be read: ${error.message}`);
    return respond(
      await messagePage("Nothing was granted", "The client's metadata document cannot be read. Start again in your client."),
      400,
    );
  }
  log(`the consent page failed: ${messageOf(error)}`);
  return respond(await messagePage("Nothing was granted", "The proxy failed; its log says why. Start again in your client."), 500);
}
