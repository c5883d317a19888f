import { Hono } from "hono";
import type { NumberedRecord } from "./core/audit.ts";
import type { Caller } from "./core/caller.ts";
import { OWNER } from "./core/caller.ts";
import type { UpstreamStatus } from "./core/tool.ts";
import { IMPLEMENTATION } from "./core/version.ts";
import { answerAudit } from "./http/audit.ts";
import { allowPages, checkHost, checkOrigin, checkQuery, identify, isOwner, limitBody } from "./http/guards.ts";
import type { GuardOptions, WithCaller } from "./http/guards.ts";
import { healthOf, welcome } from "./http/pages.ts";
import { checkProfile, forWorkspace } from "./http/profiles.ts";

export interface AppDeps extends GuardOptions {
  readonly workspace: (caller: Caller) => {
    fetch(request: Request): Promise<Response>;
    status(): Promise<Record<string, UpstreamStatus>>;
    audit(count: number, after?: number): Promise<readonly NumberedRecord[]>;
  };
  /** Where people sign in, and the endpoints of the authorization server; absent without OAuth. */
  /** Where people connect upstreams; absent if none has OAuth. */
  readonly connect?: Hono;
  readonly oauth?: { readonly pages: Hono; serve(request: Request, ctx: ExecutionContext): Promise<Response> };
}

/** The HTTP face: every route and the order of its guards. */
export function createApp(deps: AppDeps): Hono<WithCaller> {
  const app = new Hono<WithCaller>();
  app.use(checkHost(deps), checkOrigin(deps), allowPages(deps));
  app.get("/", (c) => c.text(welcome(new URL(c.req.url).origin, deps.hasTokens)));
  app.get("/healthz", async (c) => {
    const upstreams = await deps.workspace(OWNER).status();
    return c.json(healthOf(IMPLEMENTATION.version, upstreams, await isOwner(c, deps)));
  });
  for (const path of ["/mcp", "/mcp/:profile"]) {
    app.all(path, identify(deps), checkProfile(deps.config), checkQuery, limitBody(deps), (c) => {
      const caller = c.get("caller");
      return deps.workspace(caller).fetch(forWorkspace(c.req.raw, caller));
    });
  }
  app.get("/audit", identify(deps), async (c) => answerAudit(c, deps.workspace(c.get("caller"))));
  const { connect, oauth, protect } = deps;
  if (connect !== undefined) app.route("/", connect);
  if (oauth !== undefined && protect !== undefined) {
    app.route("/", oauth.pages);
    app.on(["GET", "OPTIONS"], "/.well-known/oauth-protected-resource/*", (c) =>
      protect(c.req.raw, c.executionCtx as ExecutionContext, async () => c.notFound()),
    );
    for (const path of ["/.well-known/oauth-authorization-server", "/oauth/*"]) {
      app.all(path, (c) => oauth.serve(c.req.raw, c.executionCtx as ExecutionContext));
    }
  }
  app.notFound((c) => c.text("Not found. The MCP endpoint is /mcp, or /mcp/<profile>, the state of the upstreams is at /healthz.\n", 404));
  return app;
}
