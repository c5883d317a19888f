import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { pipeMessages } from "../../../src/local/stdio-front.ts";

let server: WebSocketServer;
let input: PassThrough;
let output: PassThrough;

beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0, maxPayload: 40_000_000 });
  await once(server, "listening");
  input = new PassThrough();
  output = new PassThrough();
});

afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

async function connect(): Promise<{ piping: Promise<void>; worker: WebSocket; secret: unknown; received: string[] }> {
  const connected = once(server, "connection");
  const piping = pipeMessages(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, "f-1", input, output);
  piping.catch(() => {});
  const [worker, request] = (await connected) as [WebSocket, { headers: Record<string, unknown> }];
  const received: string[] = [];
  worker.on("message", (data) => received.push(data.toString()));
  return { piping, worker, secret: request.headers["x-codemode-secret"], received };
}

/** The output as soon as it has this many bytes. */
async function outputOf(size: number): Promise<string> {
  const chunks: Buffer[] = [];
  let got = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    got += chunk.length;
    if (got >= size) break;
  }
  return Buffer.concat(chunks).toString();
}

describe("pipeMessages", () => {
  it("shows the secret and passes lines as frames, parsed or not, those from before the connection too", async () => {
    input.write('{"id":1}\nnot json\n\n');
    const { worker, secret, received } = await connect();
    input.write('{"text":"a\u2028b"}\n');
    while (received.length < 3) await once(worker, "message");
    expect(secret).toBe("f-1");
    expect(received).toEqual(['{"id":1}', "not json", '{"text":"a\u2028b"}']);
  });

  it("writes each frame as one line", async () => {
    const { worker } = await connect();
    worker.send('{"id":1}');
    worker.send('{\n"id": 2\r\n}');
    expect(await outputOf(21)).toBe('{"id":1}\n{ "id": 2 }\n');
  });

  it("passes 30 MB both ways", async () => {
    const { worker } = await connect();
    const text = "x".repeat(30_000_000);
    worker.once("message", (data) => worker.send(data.toString()));
    input.write(`${text}\n`);
    expect((await outputOf(text.length + 1)) === `${text}\n`).toBe(true);
  });

  it("ends with the input, without waiting for answers", async () => {
    const { piping, worker } = await connect();
    const closed = once(worker, "close");
    input.end('{"id":1}\n');
    await expect(piping).resolves.toBeUndefined();
    await closed;
  });

  it("ends when nobody reads its output any more", async () => {
    const { piping } = await connect();
    output.destroy(new Error("EPIPE"));
    await expect(piping).resolves.toBeUndefined();
  });

  it("fails when the Worker closes the connection", async () => {
    const { piping, worker } = await connect();
    worker.close(1011);
    await expect(piping).rejects.toMatchObject({ code: "fault", message: "The connection to the Worker was lost (close code 1011)." });
  });

  it("fails for a message that is too long", async () => {
    const { piping } = await connect();
    input.write("x".repeat(33_554_433));
    await expect(piping).rejects.toMatchObject({ code: "limit", message: "The client sent a message above 33554432 bytes." });
  });
});
