import { join } from "node:path";
import { WebSocket } from "ws";
import { startProxy } from "./proxy.ts";
import type { Proxy } from "./proxy.ts";

export interface InspectedProxy extends Proxy {
  /**
   * Collects the garbage of Node and of every isolate of the proxy's workerd, the Checker's included, and tells what is left of their heaps, in
   * bytes. An isolate listens while it runs only: `stir` has to make all of them run, and is called until they have answered.
   */
  collectGarbage(stir: () => Promise<unknown>): Promise<{ readonly node: number; readonly workerd: number }>;
}

/**
 * A proxy whose garbage can be collected. V8 collects when it sees fit: what a process takes says little about what it holds, and the Checker's
 * isolate, which allocates little, is collected after tens of thousands of programs for the first time.
 */
export async function startInspectedProxy(config: unknown): Promise<InspectedProxy> {
  const preload = join(import.meta.dirname, "inspect-workerd.ts");
  const proxy = await startProxy(config, { node: ["--inspect=127.0.0.1:0", "--import", preload] });
  const portOf = (pattern: RegExp) => {
    const [, port] = pattern.exec(proxy.stderr()) ?? [];
    if (port === undefined) throw new Error(`no inspector listens: ${proxy.stderr()}`);
    return Number(port);
  };
  return {
    ...proxy,
    async collectGarbage(stir) {
      const node = await collectAll(portOf(/Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//));
      const answered = collectAll(portOf(/workerd inspector on (\d+)/));
      const isOver = { now: false };
      const stirring = async () => {
        while (!isOver.now) await stir();
      };
      const [workerd] = await Promise.all([answered.finally(() => (isOver.now = true)), stirring()]);
      return { node, workerd };
    },
  };
}

/** Of all that can be inspected behind one port. */
async function collectAll(port: number): Promise<number> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { webSocketDebuggerUrl: string }[];
  const sizes = await Promise.all(
    targets.map(({ webSocketDebuggerUrl }) => collect(`ws://127.0.0.1:${port}${new URL(webSocketDebuggerUrl).pathname}`)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function collect(url: string): Promise<number> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const answers = new Map<number, (result: { usedSize: number }) => void>();
  socket.on("message", (data: Buffer) => {
    const { id, result } = JSON.parse(data.toString()) as { id?: number; result: { usedSize: number } };
    if (id !== undefined) answers.get(id)?.(result);
  });
  let sent = 0;
  const ask = (method: string) => {
    const id = (sent += 1);
    socket.send(JSON.stringify({ id, method }));
    return new Promise<{ usedSize: number }>((resolve) => answers.set(id, resolve));
  };
  // What the first collection finalizes the second one frees.
  await ask("HeapProfiler.collectGarbage");
  await ask("HeapProfiler.collectGarbage");
  const { usedSize } = await ask("Runtime.getHeapUsage");
  socket.close();
  return usedSize;
}
