import {
  isSpecType,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SseError,
  UnauthorizedError,
  UrlElicitationRequiredError,
} from "@modelcontextprotocol/client";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { CannotBeAsked } from "../core/questions.ts";
import { webPage } from "../core/web-page.ts";

/** Server bodies and error texts can be whole HTML pages. */
const MAX_TEXT = 300;
const MAX_LINKS = 3;

/** Why an upstream could not be used: one line of our own words as far as possible. The SDK's texts quote bodies and URLs. */
export function whyUnavailable(error: unknown, timeoutMs: number, redact?: (text: string) => string): string {
  if (error instanceof CodemodeError) return error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
  if (error instanceof UnauthorizedError) return unauthorized(401);
  const status = statusOf(error);
  if (status !== undefined) return status === 401 || status === 403 ? unauthorized(status) : `it answers HTTP ${status}`;
  if (error instanceof SdkError) {
    if (isTimeout(error)) return `no answer within ${timeoutMs} ms`;
    if (error.cause !== undefined) return whyUnavailable(error.cause, timeoutMs, redact);
  }
  if (error instanceof ProtocolError) return `it answers with MCP error ${error.code}: ${oneLine(error.message, redact)}`;
  if (isNetworkFailure(error)) return "the address cannot be reached";
  if (error instanceof Error && error.name === "ZodError") return "it answers with something that is no MCP message";
  return oneLine(messageOf(error), redact);
}

/** True when the server has told us that it does not know our session: then it has not run the request either. */
export function isLostSession(error: unknown): boolean {
  if (error instanceof SdkHttpError)
    return error.status === 404 || (error.status === 400 && /mcp-session-id|no valid session|session not found/i.test(error.message));
  // `Session not found` as the 2025 SDKs' servers send it.
  return error instanceof ProtocolError && error.code === -32001 && /^(MCP error -32001: )?session not found/i.test(error.message);
}

/** The client's own refusal to send on a closed connection: nothing has left us. */
function isNotSent(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.NotConnected;
}

/** No answer has come in the time that the request had. */
export function isTimeout(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;
}

/** Nothing was done of what was asked for: it never left us, or the server has said that it does not know our session. */
export function hasNotHappened(error: unknown, { hasSession }: { readonly hasSession: () => boolean }): boolean {
  return isNotSent(error) || (hasSession() && isLostSession(error));
}

/** An answer that breaks the protocol: the call has happened. */
export function isInvalidResult(error: unknown): boolean {
  return (error instanceof SdkError && error.code === SdkErrorCode.InvalidResult) || (error instanceof Error && error.name === "ZodError");
}

/** An answer of the server itself, as opposed to a failure on the way. */
export function isServerAnswer(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError;
}

/**
 * An error that the server has answered with, as the program sees it. Codes that speak of the hop between us and the server mean nothing
 * further on, so they become words: the caller's own client would take them for ours.
 */
export function answeredWith(error: ProtocolError, redact?: (text: string) => string): CodemodeError {
  if (error instanceof MissingRequiredClientCapabilityError) {
    return new CannotBeAsked(capabilitiesIn(error.requiredCapabilities));
  }
  if (error instanceof UrlElicitationRequiredError) {
    const pages = error.elicitations.flatMap((asked) => (isSpecType.ElicitRequestURLParams(asked) ? webPage(asked.url) : []));
    const links = pages.flatMap((page) => (typeof page === "string" ? [] : page.href)).slice(0, MAX_LINKS);
    const message = `the server wants the user to open a page first: ${links.join(" ") || "it says none that can be opened"}`;
    return new CodemodeError("question", message, {
      cause: error,
      remedy: "Show the link to the user, and run the program again after that.",
    });
  }
  return new CodemodeError("tool_failed", oneLine(error.message, redact), { cause: error });
}

/** As far as they concern questions: the names in what a server sends are any texts at all. */
function capabilitiesIn(required: Readonly<Record<string, unknown>>): string[] {
  const asked = ["elicitation", "sampling", "roots"].filter((name) => Object.hasOwn(required, name));
  return asked.map((name) => {
    const inner = required[name];
    const [mode] = ["form", "url", "tools", "context"].filter(
      (one) => typeof inner === "object" && inner !== null && Object.hasOwn(inner, one),
    );
    return mode === undefined ? name : `${name}.${mode}`;
  });
}

/** `redact` comes before the cut: what is left of a secret that was cut in two would not be found. */
export function oneLine(text: string, redact: (text: string) => string = (same) => same): string {
  const line = redact(text).replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof SdkHttpError) return error.status;
  return error instanceof SseError ? error.code : undefined;
}

function unauthorized(status: number): string {
  return `it refuses the credentials (HTTP ${status}); check "headers" in the configuration, or write "auth": "oauth"`;
}

function isNetworkFailure(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error &&
      /internal error; reference|network connection lost|connection refused|ECONNREFUSED|getaddrinfo|DNS/i.test(error.message))
  );
}
