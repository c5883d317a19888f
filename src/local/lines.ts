import type { Readable } from "node:stream";

/** The largest JSON-RPC message either side of a pipe may send, in bytes: what one message inside the Worker can hold. */
export const MAX_MESSAGE_BYTES = 33_554_432;

const LF = 0x0a;

/**
 * Calls `onLine` for each line of a stream that ends in LF, and for the rest when the stream ends. `node:readline` would also split
 * at U+2028 and a lone CR, both of which are legal inside a JSON string. `onTooLong` is called once for the first line above `maxBytes`;
 * what follows is thrown away.
 */
export function readLines(stream: Readable, onLine: (line: string) => void, maxBytes: number, onTooLong: () => void): void {
  // Chunks of the unfinished line: joined once at its end, so that a line of many megabytes stays linear.
  let parts: Buffer[] = [];
  let size = 0;

  const take = (part: Buffer): boolean => {
    size += part.length;
    if (size <= maxBytes) {
      parts.push(part);
      return true;
    }
    parts = [];
    stream.off("data", onData);
    stream.off("end", onEnd);
    stream.resume();
    onTooLong();
    return false;
  };
  const emit = () => {
    const line = Buffer.concat(parts).toString("utf8");
    parts = [];
    size = 0;
    onLine(line);
  };
  const onData = (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      if (!take(chunk.subarray(start, end))) return;
      emit();
      start = end + 1;
    }
    take(chunk.subarray(start));
  };
  const onEnd = () => {
    if (size > 0) emit();
  };
  stream.on("data", onData);
  stream.on("end", onEnd);
}

/** A JSON text as one line. A line break in valid JSON is only ever white space, so nothing is lost. */
export function asOneLine(json: string): string {
  return json.replace(/[\r\n]+/g, " ");
}

const ESCAPE = String.fromCharCode(27);
/** Terminal colours and the like. */
const ESCAPE_SEQUENCE = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, "g");
/** Control characters, and those that turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Foreign text as one line that is fit for a terminal, at most `maxChars` long. */
export function printable(text: string, maxChars: number): string {
  const plain = text.replace(ESCAPE_SEQUENCE, "").replace(INVISIBLE, " ").trim();
  return plain.length > maxChars ? `${plain.slice(0, maxChars - 1)}…` : plain;
}
