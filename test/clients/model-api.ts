import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a client has shown to the model, as far as it concerns the proxy. */
export interface Seen {
  /** Tools by the names that the model is to use, with their descriptions. */
  readonly tools: Readonly<Record<string, string>>;
  /** What has come back of the call; undefined if none has been made yet. */
  readonly result: unknown;
  /** The whole request as text: instructions are somewhere in it. */
  readonly text: string;
}

/** How one vendor's API says things. */
export interface Dialect {
  /** Whether a request asks the model for a turn; others are answered with `other`. */
  isTurn(method: string, path: string): boolean;
  read(body: Record<string, unknown>, text: string): Seen;
  /** The events of a turn in which the model calls the tool with this program, or says a text. */
  call(tool: string, code: string): readonly object[];
  say(text: string): readonly object[];
  /** Whether the name of each event stands in a line of its own. */
  readonly named: boolean;
}

export interface ModelApi {
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** Paths of what was asked besides turns. */
  readonly others: readonly string[];
  close(): Promise<void>;
}

export const FINAL_WORD = "The program has run.";

/** Stands in for a vendor's API: a model that calls the proxy's tool once, as soon as it is shown one, and then says its final word. */
export async function startModelApi(dialect: Dialect, code: string): Promise<ModelApi> {
  const seen: Seen[] = [];
  const others: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await bodyOf(request);
    const path = request.url ?? "/";
    if (!dialect.isTurn(request.method ?? "", path)) {
      others.push(`${request.method} ${path}`);
      return response.writeHead(404, { "content-type": "application/json" }).end("{}");
    }
    const turn = dialect.read(JSON.parse(text) as Record<string, unknown>, text);
    const [tool] = Object.keys(turn.tools).filter((name) => name.endsWith("execute_code"));
    if (tool !== undefined) seen.push(turn);
    const events = tool === undefined || turn.result !== undefined ? dialect.say(FINAL_WORD) : dialect.call(tool, code);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of events) {
      if (dialect.named) response.write(`event: ${(event as { type: string }).type}\n`);
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    }
    return response.end();
  };
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    others,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
