import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A way to a server on loopback that breaks when it is told to. */
export interface BreakingRelay {
  readonly url: URL;
  /** Ends all connections, on both sides. */
  cut(): void;
  /** Ends all connections for the clients alone: the server's side stays open, and what it sends is lost, as in a network that is gone. */
  lose(): void;
  /** Resolves once this text has passed, in whatever direction, since the relay began. */
  passed(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function startBreakingRelay(to: URL): Promise<BreakingRelay> {
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let heard = "";
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    heard += chunk.toString();
    for (const look of waiting) look();
  };
  const listener = createServer((client) => {
    const pair = { client, server: connect(Number(to.port), to.hostname) };
    pairs.add(pair);
    client.on("data", (chunk) => {
      pair.server.write(chunk);
      hear(chunk);
    });
    pair.server.on("data", (chunk) => {
      if (!client.destroyed) client.write(chunk);
      hear(chunk);
    });
    client.on("error", () => undefined);
    pair.server.on("error", () => undefined);
    pair.server.on("close", () => client.destroy());
    client.on("end", () => pair.server.end());
  });
  await new Promise<void>((resolve) => void listener.listen(0, "127.0.0.1", resolve));
  const url = new URL(to);
  url.port = String((listener.address() as AddressInfo).port);
  const lose = () => pairs.forEach(({ client }) => client.destroy());
  const cut = () => {
    lose();
    pairs.forEach(({ server }) => server.destroy());
    pairs.clear();
  };
  return {
    url,
    cut,
    lose,
    passed: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!heard.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      const closed = new Promise((resolve) => void listener.close(resolve));
      cut();
      await closed;
    },
  };
}
