import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

/** The events of one session, all of them: sessions of the suites are short. */
export class FixtureEvents implements EventStore {
  readonly #events: { readonly stream: string; readonly message: JSONRPCMessage }[] = [];

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    return String(this.#events.push({ stream, message }));
  }

  async replayEventsAfter(last: string, { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> }): Promise<string> {
    const stream = this.#events[Number(last) - 1]?.stream;
    if (stream === undefined) throw new Error("no such event");
    for (const [at, event] of this.#events.entries()) {
      // The event that opens a stream has no message.
      if (at >= Number(last) && event.stream === stream && "jsonrpc" in event.message) await send(String(at + 1), event.message);
    }
    return stream;
  }
}
