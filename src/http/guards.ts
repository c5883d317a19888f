import { localhostAllowedHostnames } from "@modelcontextprotocol/server";
import { hostHeaderValidation, originValidation } from "@modelcontextprotocol/hono";
import type { Context, MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { cors } from "hono/cors";
import { bodyLimit } from "hono/body-limit";
import { timingSafeEqual } from "hono/utils/buffer";
import type { Config } from "../config/schema.ts";
import { jsonRpcError } from "./respond.ts";

export interface GuardOptions {
  readonly config: Config;
  /** True under the local runtime: only this machine may come in, and it may come in without a token if none is set. */
  readonly local: boolean;
  readonly token: string | undefined;
}

/**
 * DNS rebinding: a web page can make its own name point at 127.0.0.1, but it cannot forge Host or Origin. Deployed, the platform routes only
 * the Worker's own names, so Host needs no check unless the configuration names hosts.
 */
export function checkHost({ config, local }: GuardOptions): MiddlewareHandler {
  if (local) return hostHeaderValidation([...localhostAllowedHostnames(), ...config.allowedHosts]);
  if (config.allowedHosts.length > 0) return hostHeaderValidation([...config.allowedHosts]);
  return pass;
}

/** Requests without an Origin pass: MCP clients that are no browsers send none. */
export function checkOrigin({ config, local }: GuardOptions): MiddlewareHandler {
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
  return cors({
    origin: [...config.allowedOrigins],
    allowMethods: ["GET", "POST", "DELETE"],
    allowHeaders: ["authorization", "content-type", "last-event-id", "mcp-method", "mcp-name", "mcp-protocol-version", "mcp-session-id"],
    exposeHeaders: ["mcp-session-id", "www-authenticate"],
    maxAge: 600,
  });
}

/** The token where one is set. A deployed Worker without one serves nobody, unless its owner has said that everybody may come in. */
export function checkToken({ config, local, token }: GuardOptions): MiddlewareHandler {
  if (token !== undefined) return bearerAuth({ token, realm: "codemode-proxy" });
  if (local || config.auth === "none") return pass;
  return async (c) =>
    jsonRpcError(
      c,
      403,
      'This proxy has no AUTH_TOKEN, so it serves nobody. Run "npx wrangler secret put AUTH_TOKEN", or set "auth": "none" in codemode.jsonc to let everybody in.',
    );
}

/** The same question without the answer to the caller: whether to show what only callers may see. */
export async function mayComeIn(c: Context, { config, local, token }: GuardOptions): Promise<boolean> {
  if (token === undefined) return local || config.auth === "none";
  return timingSafeEqual(c.req.header("authorization") ?? "", `Bearer ${token}`);
}

export function limitBody({ config }: GuardOptions): MiddlewareHandler {
  const { bodyBytes } = config.limits;
  return bodyLimit({
    maxSize: bodyBytes,
    onError: (c: Context) => jsonRpcError(c, 413, `The request is larger than bodyBytes = ${bodyBytes} bytes.`),
  });
}

const pass: MiddlewareHandler = (_, next) => next();
