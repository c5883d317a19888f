/**
 * An MCP transport over one WebSocket: a text frame is one JSON-RPC message. Both stdio hops of the local runtime use it (the
 * client's stdin and stdout, an upstream's child process), because a duplex line protocol maps onto it without sessions or streams.
 * It satisfies the SDK's `Transport`, of the server and of the client package, by structure.
 */
export class MessageSocket {
  onmessage?: ((message: unknown) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onclose?: (() => void) | undefined;
  /** Why the other side closed, as it said. */
  closeReason = "";
  readonly #socket: WebSocket;
  #closed = false;

  /** Takes an accepted, or about to be accepted, socket; the socket belongs to this object from here on. */
  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  async start(): Promise<void> {
    this.#socket.addEventListener("message", (event) => this.#receive(event.data));
    this.#socket.addEventListener("close", (event) => this.#end(event.reason));
    this.#socket.addEventListener("error", () => this.#end("the connection broke"));
    this.#socket.accept();
  }

  async send(message: unknown): Promise<void> {
    if (this.#closed) throw new Error(`The connection is closed: ${this.closeReason}`);
    this.#socket.send(JSON.stringify(message));
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#socket.close(1000);
    this.#end("closed");
  }

  #receive(data: unknown): void {
    try {
      this.onmessage?.(JSON.parse(String(data)));
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.closeReason = reason;
    this.onclose?.();
  }
}
