import { isJSONRPCErrorResponse, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { HEADER_MISMATCH } from "./parameter-headers.ts";
import { restOf } from "./rest-of.ts";

/** What MCP wants to be HTTP 400 (2026-07-28), although it turns out only while a request is being handled. */
const BAD_REQUESTS: ReadonlySet<number> = new Set([HEADER_MISMATCH, ProtocolErrorCode.MissingRequiredClientCapability]);

/** Errors of ours are short: what is longer is a result, and not read. */
const MAX_ERROR_BYTES = 16_384;

/** How long the head of an answer waits. Until it is sent nothing is written, and so nobody notices a client that has gone. */
const HEAD_MS = 500;

/**
 * An answer that is a stream has status 200 before anything is known. Its head waits for what is said first: an error for which MCP has another status
 * becomes an answer of that status. One that comes later stays in the stream, where clients read it as well.
 */
export async function withErrorStatus(response: Response): Promise<Response> {
  const { body, headers, status } = response;
  if (body === null || !(headers.get("content-type") ?? "").startsWith("text/event-stream")) return response;
  const reader = body.getReader();
  let next = reader.read();
  const time = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => time.resolve(undefined), HEAD_MS);
  let early = await Promise.race([next, time.promise]);
  while (early?.value !== undefined && isComment(early.value)) {
    next = reader.read();
    early = await Promise.race([next, time.promise]);
  }
  clearTimeout(timer);
  const refused = early?.value === undefined ? undefined : badRequestIn(early.value);
  if (refused !== undefined) {
    await reader.cancel();
    return Response.json(refused, { status: 400 });
  }
  // That the client has gone is how it cancels.
  return new Response(restOf(reader, { first: next }), { status, headers });
}

function isComment(chunk: Uint8Array): boolean {
  return chunk[0] === ":".charCodeAt(0);
}

/** The SDK writes each event in one piece. */
function badRequestIn(chunk: Uint8Array): unknown {
  if (chunk.byteLength > MAX_ERROR_BYTES) return undefined;
  const [, data] = /^event: message\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(chunk)) ?? [];
  if (data === undefined) return undefined;
  const message: unknown = JSON.parse(data);
  return isJSONRPCErrorResponse(message) && BAD_REQUESTS.has(message.error.code) ? message : undefined;
}
