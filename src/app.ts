import { Hono } from "hono";
import type { UpstreamStatus } from "./core/tool.ts";
import { IMPLEMENTATION } from "./core/version.ts";
import { allowPages, checkHost, checkOrigin, checkToken, limitBody, mayComeIn } from "./http/guards.ts";
import type { GuardOptions } from "./http/guards.ts";
import { healthOf, welcome } from "./http/pages.ts";

export interface AppDeps extends GuardOptions {
  /** The Workspace of the caller. */
  readonly workspace: () => {
    fetch(request: Request): Promise<Response>;
    status(): Promise<Record<string, UpstreamStatus>>;
  };
}

/** The HTTP face: every route and the order of its guards. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.use(checkHost(deps), checkOrigin(deps), allowPages(deps));
  app.get("/", (c) => c.text(welcome(new URL(c.req.url).origin, deps.token !== undefined)));
  app.get("/healthz", async (c) => {
    const upstreams = await deps.workspace().status();
    return c.json(healthOf(IMPLEMENTATION.version, upstreams, await mayComeIn(c, deps)));
  });
  app.all("/mcp", checkToken(deps), limitBody(deps), (c) => deps.workspace().fetch(c.req.raw));
  app.notFound((c) => c.text("Not found. The MCP endpoint is /mcp, the state of the upstreams is at /healthz.\n", 404));
  return app;
}
