import { WebSocket } from "ws";
import type { RawData } from "ws";
import { SANDBOX_CLOSE, SANDBOX_FRAME } from "../core/sandbox-frames.ts";

type Frame = [data: RawData, binary: boolean];

/** What the Worker has not yet taken of what a process sends: above it the process is not read, so that a flood fills its own memory, not ours. */
const HIGH_WATER_BYTES = 4_194_304;

/**
 * The Worker's connection for one run. It may be opened long before: the run begins with its first frame, and what comes before there is a
 * process for it waits here.
 */
export class RunConnection {
  /** Resolves when the run begins: with false if the connection is closed without one. */
  readonly begun: Promise<boolean>;
  readonly #webSocket: WebSocket;
  readonly #gone = new AbortController();
  readonly #early: Frame[] = [];
  #forward: ((...frame: Frame) => void) | undefined;

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
    const begun = Promise.withResolvers<boolean>();
    this.begun = begun.promise;
    webSocket.on("error", () => {});
    webSocket.on("message", (...frame: Frame) => {
      begun.resolve(true);
      if (this.#forward === undefined) this.#early.push(frame);
      else this.#forward(...frame);
    });
    webSocket.once("close", () => {
      begun.resolve(false);
      this.#gone.abort();
    });
  }

  /** Fires when the Worker closes its side, or is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /**
   * Passes frames on in both directions from now on. "released": the Worker has closed its side. "lost": the process is gone, and its connection
   * with it.
   */
  join(socket: WebSocket): Promise<"released" | "lost"> {
    const webSocket = this.#webSocket;
    this.#tell(SANDBOX_FRAME.started, "");
    this.#forward = (data, binary) => socket.send(data, { binary }, () => {});
    for (const frame of this.#early.splice(0)) this.#forward(...frame);
    return new Promise((resolve) => {
      socket.on("message", (data: RawData, binary: boolean) => {
        webSocket.send(data, { binary }, () => socket.resume());
        if (webSocket.bufferedAmount > HIGH_WATER_BYTES) socket.pause();
      });
      webSocket.once("close", () => {
        resolve("released");
        socket.close();
      });
      socket.once("close", () => resolve("lost"));
      if (socket.readyState !== WebSocket.OPEN) resolve("lost");
    });
  }

  /** What the process has printed. */
  print(text: string): void {
    if (this.#webSocket.bufferedAmount < HIGH_WATER_BYTES) this.#tell(SANDBOX_FRAME.printed, text);
  }

  close(why: keyof typeof SANDBOX_CLOSE, detail: string): void {
    this.#webSocket.close(SANDBOX_CLOSE[why], detail);
  }

  #tell(kind: number, text: string): void {
    this.#webSocket.send(Buffer.concat([Buffer.of(kind), Buffer.from(text)]), () => {});
  }
}
