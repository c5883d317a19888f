import type { MiddlewareHandler } from "hono";
import type { Config } from "../config/schema.ts";
import { CALLER_HEADER } from "../core/caller.ts";
import type { Caller } from "../core/caller.ts";
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

/** The request as the Workspace reads it: with the caller's name, and its profile at /mcp, too, if it is bound to one. */
export function forWorkspace(request: Request, { name, profile }: Caller): Request {
  const url = new URL(request.url);
  if (profile !== undefined) url.pathname = `/mcp/${profile}`;
  const forwarded = new Request(url, request);
  forwarded.headers.set(CALLER_HEADER, encodeURIComponent(name.toWellFormed()));
  return forwarded;
}
