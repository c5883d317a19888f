import { localhostAllowedHostnames } from "@modelcontextprotocol/server";
import { hostHeaderValidation, originValidation } from "@modelcontextprotocol/hono";
import type { Context, MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { cors } from "hono/cors";
import { bodyLimit } from "hono/body-limit";
import { DESCRIPTION_CHARS } from "../config/schema.ts";
import type { Config } from "../config/schema.ts";
import { OWNER } from "../core/caller.ts";
import type { Caller } from "../core/caller.ts";
import { jsonRpcError } from "./respond.ts";

export interface GuardOptions {
  readonly config: Config;
  /** True under the local runtime: only this machine may come in, and it may come in without a token if there is none. */
  readonly local: boolean;
  /** Whether any bearer token opens the door: `AUTH_TOKEN`, or one of `callers`. */
  readonly hasTokens: boolean;
  /** The caller who has this bearer token. */
  readonly known: (token: string) => Promise<Caller | undefined>;
  /** With OAuth: the challenge, or what `enter` answers for the caller whose token it is. */
  readonly protect?: (request: Request, ctx: ExecutionContext, enter: (caller: Caller) => Promise<Response>) => Promise<Response>;
}

/**
 * DNS rebinding: a web page can make its own name point at 127.0.0.1, but it cannot forge Host or Origin. Deployed, the platform routes only
 * the Worker's own names, so Host needs no check unless the configuration names hosts.
 */
export function checkHost({ config, local }: Pick<GuardOptions, "config" | "local">): MiddlewareHandler {
  if (local) return hostHeaderValidation([...localhostAllowedHostnames(), ...config.allowedHosts]);
  if (config.allowedHosts.length > 0) return hostHeaderValidation([...config.allowedHosts]);
  return pass;
}

/** Requests without an Origin pass: MCP clients that are no browsers send none. */
export function checkOrigin({ config, local }: Pick<GuardOptions, "config" | "local">): MiddlewareHandler {
  const named = config.allowedOrigins.map((origin) => (URL.canParse(origin) ? new URL(origin).hostname : origin));
  if (local) return originValidation([...localhostAllowedHostnames(), ...named]);
  return (c, next) => originValidation([new URL(c.req.url).hostname, ...named])(c, next);
}

/**
 * Lets pages of the origins that the configuration names read our answers (CORS). Others may be allowed to ask, as pages of this machine
 * are, but their browsers keep the answers from them.
 */
export function allowPages({ config }: GuardOptions): MiddlewareHandler {
  if (config.allowedOrigins.length === 0) return pass;
  return (c, next) =>
    cors({
      origin: [...config.allowedOrigins],
      allowMethods: ["GET", "POST", "DELETE"],
      allowHeaders: [...PAGE_HEADERS, ...parameterHeaders(c)],
      exposeHeaders: ["mcp-session-id", "www-authenticate"],
      maxAge: 600,
    })(c, next);
}

const PAGE_HEADERS = ["authorization", "content-type", "last-event-id", "mcp-method", "mcp-name", "mcp-protocol-version", "mcp-session-id"];

/** Arguments of tools that are sent as headers, too (2026-07-28): tools choose their names. */
function parameterHeaders(c: Context): string[] {
  const asked = (c.req.header("access-control-request-headers") ?? "").split(",").map((name) => name.trim());
  return asked.filter((name) => /^mcp-param-[\w!#$%&'*+.^`|~-]+$/i.test(name));
}

/** What `identify` leaves for the handlers behind it. */
export interface WithCaller {
  Variables: { caller: Caller };
}

/**
 * Who calls. With OAuth the authority answers strangers with its challenge. Without, a token is asked for where there is any; a deployed
 * Worker that has none serves nobody, unless its owner has said that everybody may come in.
 */
export function identify(options: GuardOptions): MiddlewareHandler<WithCaller> {
  const { protect, known } = options;
  if (protect !== undefined) {
    return (c, next) =>
      protect(c.req.raw, c.executionCtx as ExecutionContext, async (caller) => {
        c.set("caller", caller);
        await next();
        return c.res;
      });
  }
  if (!isOpen(options) && !options.hasTokens) {
    return async (c) =>
      jsonRpcError(
        c,
        403,
        'This proxy has no AUTH_TOKEN, so it serves nobody. Run "npx wrangler secret put AUTH_TOKEN", or set "auth": "none" in codemode.jsonc to let everybody in.',
      );
  }
  const checkToken = bearerAuth<WithCaller>({
    realm: "codemode-proxy",
    verifyToken: async (token, c) => {
      const caller = await known(token);
      if (caller !== undefined) c.set("caller", caller);
      return caller !== undefined;
    },
  });
  if (!isOpen(options)) return checkToken;
  return async (c, next) => {
    c.set("caller", OWNER);
    await next();
  };
}

/** Whether `/healthz` shows what only the owner may see. */
export async function isOwner(c: Context, options: GuardOptions): Promise<boolean> {
  if (isOpen(options)) return true;
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  return (await options.known(token))?.id === OWNER.id;
}

/** Nobody is asked who they are. */
function isOpen({ config, local, hasTokens, protect }: GuardOptions): boolean {
  return !hasTokens && protect === undefined && (local || config.auth === "none");
}

/** `?description=` is read where the list is made; what is no size is told here, before anything is done. */
export const checkQuery: MiddlewareHandler = async (c, next) => {
  const said = c.req.query("description");
  const { min, max } = DESCRIPTION_CHARS;
  if (said !== undefined && !(/^\d{1,9}$/.test(said) && Number(said) >= min && Number(said) <= max)) {
    return jsonRpcError(
      c,
      400,
      `?description= takes the most characters that the description may have, a whole number from ${min} to ${max}.`,
    );
  }
  return next();
};

export function limitBody({ config }: GuardOptions): MiddlewareHandler {
  const { bodyBytes } = config.limits;
  return bodyLimit({
    maxSize: bodyBytes,
    onError: (c: Context) => jsonRpcError(c, 413, `The request is larger than bodyBytes = ${bodyBytes} bytes.`),
  });
}

const pass: MiddlewareHandler = (_, next) => next();
