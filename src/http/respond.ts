import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer of the HTTP layer in the form that MCP clients read: they show `error.message`. */
export function jsonRpcError(c: Context, status: ContentfulStatusCode, message: string): Response {
  return c.json({ jsonrpc: "2.0", error: { code: -32000, message }, id: null }, status);
}
