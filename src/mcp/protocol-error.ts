import { MissingRequiredClientCapabilityError, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { CodemodeError } from "../core/errors.ts";
import { CannotBeAsked, requiredOf } from "../core/questions.ts";
import type { Askable } from "../core/questions.ts";

/**
 * The code of the JSON-RPC error that the upstream itself answered with, if it did. Codes about the hop (malformed, unknown method, MCP's own
 * range) say something of our request to the upstream and nothing to the caller.
 */
export function ownCode({ code, cause }: CodemodeError): number | undefined {
  if (code !== "tool_failed" || !(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "number") return undefined;
  const isOfTheHop = [-32_700, -32_600, -32_601].includes(cause.code) || (cause.code >= -32_099 && cause.code <= -32_000);
  return isOfTheHop ? undefined : cause.code;
}

/** 2026-07-28: what a request fails with that needs to ask what `askable` says that its caller cannot be asked; undefined for any other failure. */
export function missingCapability(error: unknown, askable: Askable): ProtocolError | undefined {
  if (!(error instanceof CannotBeAsked)) return undefined;
  const requiredCapabilities = requiredOf(error.missing, askable);
  return requiredCapabilities && new MissingRequiredClientCapabilityError({ requiredCapabilities }, error.message);
}

/** As the 2025 revisions say it; since 2026-07-28 the code is that of wrong parameters in all of them. */
const RESOURCE_NOT_FOUND: number = -32_002;
const INVALID_PARAMS: number = ProtocolErrorCode.InvalidParams;

/** What a request fails with whose result has no place for errors; `data` goes with it if its parameters are to blame. */
export function asProtocolError(error: unknown, data?: object): unknown {
  if (!(error instanceof CodemodeError)) return error;
  const { code, message, remedy } = error;
  const text = remedy === undefined ? message : `${message}. ${remedy}`;
  const isMissing = error.cause instanceof ProtocolError && error.cause.code === RESOURCE_NOT_FOUND;
  const preset = code === "tool_arguments" || isMissing ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  const said: number = ownCode(error) ?? preset;
  const isTheirs = said === INVALID_PARAMS;
  return new ProtocolError(said, text, isTheirs ? data : undefined);
}
