import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError, SseError, UnauthorizedError } from "@modelcontextprotocol/client";
import { CodemodeError, messageOf } from "../core/errors.ts";

/** Server bodies and error texts can be whole HTML pages. */
const MAX_TEXT = 300;

/** Why an upstream could not be used: one line of our own words as far as possible. The SDK's texts quote bodies and URLs. */
export function whyUnavailable(error: unknown, timeoutMs: number): string {
  if (error instanceof CodemodeError) return error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
  if (error instanceof UnauthorizedError) return unauthorized(401);
  const status = statusOf(error);
  if (status !== undefined) return status === 401 || status === 403 ? unauthorized(status) : `it answers HTTP ${status}`;
  if (error instanceof SdkError) {
    if (error.code === SdkErrorCode.RequestTimeout) return `no answer within ${timeoutMs} ms`;
    if (error.cause !== undefined) return whyUnavailable(error.cause, timeoutMs);
  }
  if (error instanceof ProtocolError) return `it answers with MCP error ${error.code}: ${oneLine(error.message)}`;
  if (isNetworkFailure(error)) return "the address cannot be reached";
  return oneLine(messageOf(error));
}

/** True when the server has told us that it does not know our session: then it has not run the request either. */
export function isLostSession(error: unknown): boolean {
  if (error instanceof SdkHttpError) return error.status === 404 || (error.status === 400 && /session/i.test(error.message));
  // `Session not found` as the 2025 SDKs' servers send it, and the client's own refusal to send on a closed connection.
  if (error instanceof ProtocolError) return error.code === -32001 && /session/i.test(error.message);
  return error instanceof SdkError && error.code === SdkErrorCode.NotConnected;
}

export function isTimeout(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;
}

/** An answer of the server itself, as opposed to a failure on the way. */
export function isServerAnswer(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError;
}

export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof SdkHttpError) return error.status;
  return error instanceof SseError ? error.code : undefined;
}

function unauthorized(status: number): string {
  return `it refuses the credentials (HTTP ${status}); check "headers" in the configuration`;
}

function isNetworkFailure(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && /network connection lost|connection refused|ECONNREFUSED|getaddrinfo|DNS/i.test(error.message))
  );
}
