import type { MiddlewareHandler } from "hono";
import type { Config } from "../config/schema.ts";
import { profileNames } from "../core/profile.ts";
import type { WithCaller } from "./guards.ts";
import { jsonRpcError } from "./respond.ts";

const MAX_NAME_CHARS = 40;

/** `/mcp/<profile>` has to be one that the caller may have. Behind `identify`: strangers do not learn which there are. */
export function checkProfile({ profiles }: Pick<Config, "profiles">): MiddlewareHandler<WithCaller> {
  return async (c, next) => {
    const said = c.req.param("profile");
    const { profile: bound } = c.get("caller");
    const offered = bound === undefined ? profileNames(profiles) : [bound];
    if (said === undefined || offered.includes(said)) return next();
    const paths = offered.map((name) => `/mcp/${name}`).join(", ");
    const name = JSON.stringify(said.slice(0, MAX_NAME_CHARS));
    return jsonRpcError(c, 404, `There is no profile ${name} for you. There ${offered.length === 1 ? "is" : "are"}: ${paths}.`);
  };
}

/** The request as the Workspace reads it: a caller that is bound to a profile gets that at /mcp, too. */
export function withProfile(request: Request, bound: string | undefined): Request {
  if (bound === undefined) return request;
  const url = new URL(request.url);
  url.pathname = `/mcp/${bound}`;
  return new Request(url, request);
}
