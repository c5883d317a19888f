import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** What a client has said when it connected. */
export interface Greeting {
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface Recorder {
  readonly url: URL;
  /** The first request of each connection, in order. */
  readonly greetings: readonly Greeting[];
  readonly methods: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Stands between a client and the proxy, changes nothing, and notes which methods the client uses. */
export async function startRecorder(target: URL): Promise<Recorder> {
  const greetings: Greeting[] = [];
  const methods = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      const body = Buffer.concat(chunks);
      note(body.toString());
      const headers = { ...request.headers, host: target.host };
      const forwarded = send(target.href, { method: request.method ?? "GET", headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      response.once("close", () => forwarded.destroy());
      forwarded.once("error", () => response.destroy());
      forwarded.end(body);
    });
  });
  const note = (text: string) => {
    if (!text.startsWith("{")) return;
    const { method, params = {} } = JSON.parse(text) as { method?: string; params?: Record<string, unknown> };
    if (method === undefined) return;
    methods.add(method);
    if (method === "initialize" || method === "server/discover") greetings.push({ method, params });
  };
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: new URL(target.pathname, `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    greetings,
    methods,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
