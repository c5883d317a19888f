import { Hono } from "hono";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { timingSafeEqual } from "hono/utils/buffer";
import type { Limits } from "../core/limits.ts";
import { digestOf, randomText } from "../core/sealing.ts";
import { connectPage } from "./connect-page.ts";
import { PersonAtProvider } from "./connect-sign-in.ts";
import type { OidcProvider } from "./oidc.ts";
import { messagePage, respond, stylesheet } from "./page.ts";
import type { OAuthStore } from "./store.ts";
import { wrongSecret } from "./tries.ts";

type Outcome<T> = { readonly done: T; readonly problem?: undefined } | { readonly problem: string };

/** The Workspace behind a ticket or a state, as far as these pages use it. */
interface ConnectingWorkspace {
  connectPage(ticket: string): Promise<Outcome<{ upstream: string; host: string; issuer: string; scopes: readonly string[] }>>;
  beginConnect(ticket: string, browser: string): Promise<Outcome<{ location: string }>>;
  finishConnect(query: string, browser: string): Promise<Outcome<{ upstream: string }>>;
}

export interface ConnectDeps {
  readonly store: Pick<DurableObjectStub<OAuthStore>, "countTry" | "succeeded" | "get" | "put" | "delete">;
  /** The Workspace that a ticket or a state belongs to, and its id. */
  readonly find: (secret: string) => Promise<{ readonly id: string; readonly workspace: ConnectingWorkspace } | undefined>;
  /** Whether this passphrase or bearer token is that of the caller with this Workspace; absent where nobody has to show anything. */
  readonly isCaller?: (secret: string, workspaceId: string) => Promise<boolean>;
  /** Where people sign in at the proxy's own door, if that is a provider. */
  readonly provider?: OidcProvider;
  /** What authorization servers read about the proxy as their client (CIMD), under this origin. */
  readonly document: (origin: string) => object;
  readonly idOf: (callerId: string) => string;
  readonly origin: (request: Request) => string;
  readonly limits: Limits;
  readonly log: (line: string) => void;
}

const GONE = "This link has been used, or is too old. Run the program again for a new one.";
const SECRET = /^[\w-]{43}$/;

/**
 * The pages on which a person connects an upstream. Whoever has a link could be somebody else: so the person shows that they are the caller where a
 * caller has anything to show, clicks before they are sent anywhere, and comes back in the same browser.
 */
export function connectPages(deps: ConnectDeps): Hono {
  const app = new Hono();
  const atProvider = deps.provider === undefined ? undefined : new PersonAtProvider(deps.provider, deps);
  app.get("/oauth/style.css", () => stylesheet());
  app.get("/connect/client.json", (c) => c.json(deps.document(deps.origin(c.req.raw))));
  app.get("/connect/callback", (c) => finish(c, deps));
  app.get("/connect/:ticket", (c) => ask(c, c.req.param("ticket"), deps));
  app.post("/connect/:ticket", (c) => decide(c, c.req.param("ticket"), deps, atProvider));
  if (atProvider !== undefined) {
    app.get("/oauth/callback", async (c, next) => {
      if (!PersonAtProvider.isReturn(c.req.raw)) return next();
      const back = await atProvider.finish(c.req.raw, browserOf(c));
      const found = "problem" in back ? undefined : await deps.find(back.ticket);
      if ("problem" in back || found === undefined) return failed("problem" in back ? back.problem : GONE, 403);
      if (deps.idOf(back.callerId) !== found.id) return failed("This link is for another person than the one who has signed in.", 403);
      return go(c, back.ticket, found.workspace);
    });
  }
  app.onError(async (error) => {
    deps.log(`the page for connecting failed: ${error.message}`);
    return failed("The proxy failed; its log says why.", 500);
  });
  return app;
}

/** Asks, and does nothing: programs that preview links load this page, too. */
async function ask(c: Context, ticket: string, deps: ConnectDeps, problem?: string): Promise<Response> {
  const found = SECRET.test(ticket) ? await deps.find(ticket) : undefined;
  if (found === undefined) return failed(GONE, 404);
  const shown = await found.workspace.connectPage(ticket);
  if (shown.problem !== undefined) return failed(shown.problem, 502);
  const browser = browserOf(c) || randomText();
  const isSecure = c.req.url.startsWith("https:");
  // Lax: the return from the authorization server is a navigation from another site.
  const options = {
    path: "/",
    httpOnly: true,
    secure: isSecure,
    sameSite: "Lax",
    maxAge: Math.ceil(deps.limits.connectMs / 1_000),
  } as const;
  setCookie(c, cookieName(c), browser, options);
  const provider = deps.provider === undefined ? undefined : new URL(deps.provider.issuer).host;
  const text = await connectPage({
    ...shown.done,
    csrf: await csrfOf(browser, ticket),
    action: `/connect/${ticket}`,
    proof: { secret: deps.isCaller !== undefined, ...(provider !== undefined && { provider }) },
    ...(problem !== undefined && { problem }),
  });
  return respond(text, problem === undefined ? 200 : 403, c.res.headers);
}

async function decide(c: Context, ticket: string, deps: ConnectDeps, atProvider: PersonAtProvider | undefined): Promise<Response> {
  const found = SECRET.test(ticket) ? await deps.find(ticket) : undefined;
  if (found === undefined) return failed(GONE, 404);
  const form = await c.req.raw.formData();
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const browser = browserOf(c);
  if (browser === "" || !(await timingSafeEqual(field("csrf"), await csrfOf(browser, ticket)))) {
    return failed("This page was opened in another browser, or cookies are off. Open the link again.", 403);
  }
  const { isCaller } = deps;
  const said = field("secret").trim();
  // What is said counts only where somebody compares it.
  if (atProvider !== undefined && (said === "" || isCaller === undefined)) {
    return new Response(null, {
      status: 302,
      headers: { location: await atProvider.begin(c.req.raw, ticket, browser), "cache-control": "no-store" },
    });
  }
  if (isCaller !== undefined) {
    const problem = await wrongSecret(c.req.raw, () => isCaller(said, found.id), "what this caller signs in with", deps);
    if (problem !== undefined) return ask(c, ticket, deps, problem);
  }
  return go(c, ticket, found.workspace);
}

async function go(c: Context, ticket: string, workspace: ConnectingWorkspace): Promise<Response> {
  const begun = await workspace.beginConnect(ticket, browserOf(c));
  if (begun.problem !== undefined) return failed(begun.problem, 502);
  return new Response(null, {
    status: 302,
    headers: { location: begun.done.location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}

async function finish(c: Context, deps: ConnectDeps): Promise<Response> {
  const { search, searchParams } = new URL(c.req.url);
  const found = await deps.find(searchParams.get("state") ?? "");
  if (found === undefined) return failed(GONE, 404);
  const { done, problem } = { done: undefined, ...(await found.workspace.finishConnect(search, browserOf(c))) };
  if (done === undefined) return failed(problem ?? GONE, 403);
  return respond(await messagePage(`${done.upstream} is connected`, "You can close this page, and go on in your client."), 200);
}

async function failed(text: string, status: number): Promise<Response> {
  return respond(await messagePage("Nothing was connected", text), status);
}

/** Only a page of ours that was loaded in this browser has it. */
function csrfOf(browser: string, ticket: string): Promise<string> {
  return digestOf(`csrf\n${browser}\n${ticket}`);
}

/** `__Host-`: no other host of the domain can plant it. Browsers take that over https only. */
function cookieName(c: Context): string {
  return c.req.url.startsWith("https:") ? "__Host-codemode-connect" : "codemode-connect";
}

function browserOf(c: Context): string {
  const value = getCookie(c, cookieName(c)) ?? "";
  return SECRET.test(value) ? value : "";
}
