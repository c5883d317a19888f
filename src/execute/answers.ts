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
