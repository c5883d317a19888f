import { CodemodeError, messageOf } from "../core/errors.ts";
import type { Connection } from "./connect.ts";
import { answeredWith, isInvalidResult, isServerAnswer, oneLine, whyUnavailable } from "./failure.ts";

interface FailedCall {
  /** The upstream's configured key. */
  readonly key: string;
  /** What was asked for. */
  readonly name: string;
  readonly connection: Pick<Connection, "closeReason" | "redact">;
  readonly callMs: number;
  readonly log: (line: string) => void;
}

/** Why a request has failed, for whoever has made it; the whole story goes to the log. */
export function callFailure(error: unknown, { key, name, connection, callMs, log }: FailedCall): CodemodeError {
  if (error instanceof CodemodeError) return error;
  if (isServerAnswer(error)) return answeredWith(error, connection.redact);
  if (isInvalidResult(error)) {
    log(`upstream ${key}: ${name}: ${oneLine(messageOf(error), connection.redact)}`);
    return new CodemodeError("tool_failed", "it has answered, but not with a valid MCP result", { cause: error });
  }
  const reason = connection.closeReason();
  const why = reason === "" ? whyUnavailable(error, callMs, connection.redact) : oneLine(reason);
  log(`upstream ${key}: ${name} failed: ${why}`);
  const message = `the connection to ${key} was lost during the call (${why}); it may or may not have happened`;
  return new CodemodeError("upstream", message, { cause: error });
}
