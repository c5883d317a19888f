import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";

/** What a failed request says to the harness, which makes a `ToolError` of it. */
export interface BridgeError {
  readonly code: string;
  readonly message: string;
  readonly namespace: string;
  readonly tool: string;
  readonly content?: unknown;
  readonly structuredContent?: unknown;
}

/** `valueJson` is JSON text already: large results are serialised once. */
export function succeeded(valueJson: string): string {
  return `{"value":${valueJson}}`;
}

/** What an upstream gave, as JSON. Throws CodemodeError `limit` if that is more than goes into a sandbox. */
export function resultJson(value: unknown, callResultBytes: number): string {
  const json = JSON.stringify(value);
  if (!exceedsBytes(json, callResultBytes)) return json;
  throw new CodemodeError("limit", `the result is larger than callResultBytes = ${callResultBytes} bytes`, {
    remedy: "Ask for less at once, or raise limits.callResultBytes in the configuration.",
  });
}

export function failed(error: BridgeError): string {
  return JSON.stringify({ error });
}

/** The code and the text of anything that was thrown. */
export function errorOf(error: unknown): { code: string; message: string } {
  return error instanceof CodemodeError ? { code: error.code, message: withRemedy(error) } : { code: "fault", message: messageOf(error) };
}

function withRemedy({ message, remedy }: CodemodeError): string {
  if (remedy === undefined) return message;
  return message.includes("\n") ? `${message}\n${remedy}` : `${message.replace(/\.$/, "")}. ${remedy}`;
}
