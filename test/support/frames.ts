import { once } from "node:events";
import { WebSocket } from "ws";

/** A WebSocket whose frames are awaited one by one. */
export interface Frames {
  readonly webSocket: WebSocket;
  send(message: unknown): void;
  /** The next frame, parsed. Rejects if the connection closes before it. */
  next(): Promise<Record<string, unknown>>;
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** Opens a WebSocket. Rejects with the HTTP status of a refusal in the message. */
export async function openFrames(url: string, headers: Readonly<Record<string, string>>): Promise<Frames> {
  const webSocket = new WebSocket(url, { headers: { ...headers } });
  const frames: string[] = [];
  const waiting: ((frame: string) => void)[] = [];
  webSocket.on("message", (data) => {
    const text = data.toString();
    const wake = waiting.shift();
    if (wake === undefined) frames.push(text);
    else wake(text);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    webSocket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(webSocket, "open");
  return {
    webSocket,
    closed,
    send: (message) => webSocket.send(JSON.stringify(message)),
    next: async () => {
      const frame =
        frames.shift() ??
        (await Promise.race([
          new Promise<string>((resolve) => waiting.push(resolve)),
          closed.then(({ code, reason }) => {
            throw new Error(`closed with ${code}: ${reason}`);
          }),
        ]));
      return JSON.parse(frame) as Record<string, unknown>;
    },
  };
}
