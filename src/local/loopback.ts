import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { MAX_MESSAGE_BYTES } from "./lines.ts";
import { isSecret, newSecret, SECRET_HEADER } from "./secret.ts";

/** A request of the Worker for a connection that a route has taken on: `accept` completes it, `refuse` ends it with a status line. */
interface Knock {
  readonly headers: IncomingMessage["headers"];
  /** Fires when the Worker goes away before it was answered. */
  readonly gone: AbortSignal;
  accept(take: (webSocket: WebSocket) => void): void;
  refuse(status: string): void;
}

/** Takes on the requests for one kind of path, or says that this one is not its own. */
export type Route = (path: string, knock: Knock) => boolean;

/** Answers requests of one kind that are no WebSockets, or says that this one is not its own. */
export type Answer = (path: string, method: string, body: string) => Promise<{ status: number; text: string }> | undefined;

/** Where the Worker reaches the local runtime: on 127.0.0.1 behind a secret. */
export interface Loopback {
  readonly port: number;
  /** What a request has to carry in `SECRET_HEADER`. */
  readonly secret: string;
  close(): void;
}

export async function startLoopback(routes: readonly Route[], answers: readonly Answer[] = []): Promise<Loopback> {
  const secret = newSecret();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, clientTracking: true });
  const server = createServer((request, response) => {
    if (!isSecret(request.headers[SECRET_HEADER], secret)) return void response.writeHead(403).end();
    void readText(request)
      .then(async (body) => {
        for (const answer of answers) {
          const found = answer(request.url ?? "", request.method ?? "GET", body);
          if (found === undefined) continue;
          const { status, text } = await found;
          return response.writeHead(status).end(text);
        }
        return response.writeHead(426).end();
      })
      .catch(() => response.writeHead(500).end());
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const gone = new AbortController();
    socket.on("error", () => {});
    socket.once("close", () => gone.abort());
    // The Worker sends nothing before it is answered, so all that there is to read is its going away; unread, it would go unnoticed.
    const onEnd = () => void socket.destroy();
    socket.once("end", onEnd).resume();
    const knock: Knock = {
      headers: request.headers,
      gone: gone.signal,
      accept: (take) => {
        socket.off("end", onEnd);
        sockets.handleUpgrade(request, socket, head, take);
      },
      refuse: (status) => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
    };
    if (!isSecret(request.headers[SECRET_HEADER], secret)) return knock.refuse("403 Forbidden");
    const path = request.url ?? "";
    if (!routes.some((route) => route(path, knock))) knock.refuse("404 Not Found");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    secret,
    close() {
      server.close();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
    },
  };
}

/** Throws if there is more than one message may have. */
async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_MESSAGE_BYTES) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
