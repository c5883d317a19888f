import type { Readable, Writable } from "node:stream";
import { WebSocket } from "ws";
import { CodemodeError } from "../core/errors.ts";
import { asOneLine, MAX_MESSAGE_BYTES, readLines } from "./lines.ts";
import { startRuntime } from "./runtime.ts";
import { newSecret, SECRET_HEADER } from "./secret.ts";
import type { Setup } from "./setup.ts";

/** Above it the client's messages are not read until the Worker has caught up. */
const HIGH_WATER_BYTES = 4_194_304;

export interface StdioFrontOptions {
  /** The profile that the client gets, if not the whole. */
  readonly profile: string | undefined;
  readonly input: Readable;
  /** Carries MCP messages and nothing else. */
  readonly output: Writable;
  /** Fulfilled when the proxy is to end. */
  readonly stop: Promise<void>;
}

/**
 * Runs the proxy for one client that speaks over stdin and stdout, until the client closes stdin or we are told to stop. What is in
 * flight then is dropped: there is nobody to answer. Throws `CodemodeError` if the proxy cannot start, or if it dies.
 */
export async function serveStdio(setup: Setup, { profile, input, output, stop }: StdioFrontOptions): Promise<void> {
  const secret = newSecret();
  const query = profile === undefined ? "" : `?profile=${profile}`;
  const runtime = await startRuntime(setup, { name: "front", secret });
  try {
    const died = runtime.ended.then((how) => {
      throw new CodemodeError("fault", `workerd ended unexpectedly (${how}).`, { remedy: "Start the proxy again." });
    });
    await Promise.race([stop, pipeMessages(`ws://127.0.0.1:${runtime.port}/${query}`, secret, input, output), died]);
  } finally {
    await runtime.end();
  }
}

/**
 * Joins a pair of streams, one JSON text a line, with a WebSocket, one JSON text a frame; nothing is parsed. Until the WebSocket is open
 * the input waits in its pipe. Fulfilled at the end of the input or when the output is closed. Throws "fault" when the Worker ends it,
 * and "limit" for a line that is too long.
 */
export function pipeMessages(url: string, secret: string, input: Readable, output: Writable): Promise<void> {
  const webSocket = new WebSocket(url, { headers: { [SECRET_HEADER]: secret }, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  return new Promise<void>((resolve, reject) => {
    const lost = (why: string) =>
      reject(new CodemodeError("fault", `The connection to the Worker was lost (${why}).`, { remedy: "Start the proxy again." }));
    webSocket.once("error", (error) => lost(error.message));
    webSocket.once("close", (code) => lost(`close code ${code}`));
    output.once("error", () => resolve());
    output.once("close", () => resolve());

    webSocket.on("message", (data) => {
      if (output.write(`${asOneLine(data.toString())}\n`)) return;
      webSocket.pause();
      output.once("drain", () => webSocket.resume());
    });
    webSocket.once("open", () => {
      const onLine = (line: string) => {
        if (line.trim() === "" || webSocket.readyState !== WebSocket.OPEN) return;
        webSocket.send(line, () => input.resume());
        if (webSocket.bufferedAmount > HIGH_WATER_BYTES) input.pause();
      };
      const onTooLong = () => reject(new CodemodeError("limit", `The client sent a message above ${MAX_MESSAGE_BYTES} bytes.`));
      readLines(input, onLine, MAX_MESSAGE_BYTES, onTooLong);
      input.once("end", () => resolve());
      input.once("error", () => resolve());
    });
  }).finally(() => webSocket.terminate());
}
