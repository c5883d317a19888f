import type { EventId, EventStore, JSONRPCMessage, RequestId, StreamId } from "@modelcontextprotocol/server";
import { trim } from "./event-memory.ts";
import type { EventMemory } from "./event-memory.ts";
import { KeptStream } from "./kept-stream.ts";

/** How the transport calls the stream of the session, which belongs to no request; those of requests have random names. */
const OF_SESSION: StreamId = "_GET_stream";

/** What a GET can go on with: behind the event `from`; `over` if there is nothing more to come, `unknown` if it names no event that is known. */
export type Resumption = { readonly from: EventId; readonly isOfSession: boolean } | "over" | "unknown";

/**
 * The streams of one session of the 2025 revisions, with what a client needs that loses one. An id is that of a stream, which nobody can guess, and
 * of an event in it: another session's leads nowhere.
 */
export class SessionEvents implements EventStore {
  readonly #memory: EventMemory;
  readonly #tally = { bytes: 0 };
  /** In the order of their beginning. */
  readonly #streams = new Map<string, KeptStream>();
  /** A name of its own for each life of the session in memory: events of an earlier one cannot be told apart otherwise. */
  readonly #ofSession = `session-${crypto.randomUUID()}`;

  constructor(memory: EventMemory) {
    this.#memory = memory;
  }

  async storeEvent(streamId: StreamId, message: JSONRPCMessage): Promise<EventId> {
    const { limits } = this.#memory;
    const stream = this.#stream(streamId === OF_SESSION ? this.#ofSession : streamId);
    const method = "method" in message ? message.method : undefined;
    if (method === "notifications/cancelled") this.settled((message as { params?: { requestId?: RequestId } }).params?.requestId);
    const isKept = "jsonrpc" in message && (streamId !== OF_SESSION || method !== "notifications/message");
    if (isKept) stream.add(message, limits.resumeEvents);
    else stream.skip();
    if (streamId !== OF_SESSION) {
      const { executionMs, parkMs, drainMs, finishedMs } = limits;
      stream.lasts((stream.isAnswered ? 0 : executionMs + parkMs + drainMs) + finishedMs, () => this.#forget(stream));
    }
    trim(this.#streams.values(), this.#tally, limits.resumeBytes, (other) => this.#forget(other));
    this.#memory.trim();
    return `${stream.name}.${stream.last}`;
  }

  /** @param from as `resume` has given it. */
  async replayEventsAfter(from: EventId, { send }: Parameters<EventStore["replayEventsAfter"]>[1]): Promise<StreamId> {
    const { name, at } = read(from);
    const stream = this.#stream(name);
    await Promise.all(stream.after(at).map((event) => send(`${name}.${event.at}`, JSON.parse(event.text) as JSONRPCMessage)));
    return name === this.#ofSession ? OF_SESSION : name;
  }

  /** @param lastEventId of the last event that the client has; none if it has had no stream of the session, or nothing of one. */
  resume(lastEventId: string | null): Resumption {
    const { name, at } = read(lastEventId ?? "");
    const stream = this.#streams.get(name);
    // What an earlier life of the session has said, it has said to this client.
    if (stream === undefined) {
      const isNew = lastEventId === null || name.startsWith("session-");
      return isNew ? { from: `${this.#ofSession}.0`, isOfSession: true } : "unknown";
    }
    if (at > stream.last) return "unknown";
    stream.acknowledge(at);
    return stream.isAnswered && stream.after(at).length === 0 ? "over" : { from: `${name}.${at}`, isOfSession: name === this.#ofSession };
  }

  /** The client has answered this question, or need not any more. */
  settled(id: RequestId | undefined): void {
    if (id !== undefined) for (const stream of this.#streams.values()) stream.settle(id);
  }

  /** The session has ended. */
  clear(): void {
    for (const stream of this.#streams.values()) this.#forget(stream);
  }

  #stream(name: string): KeptStream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const stream = new KeptStream(name, [this.#tally, this.#memory.tally], name === this.#ofSession);
    this.#streams.set(name, stream);
    this.#memory.add(stream, (other) => this.#forget(other));
    return stream;
  }

  #forget(stream: KeptStream): void {
    this.#streams.delete(stream.name);
    this.#memory.delete(stream);
    stream.release();
  }
}

/** What is no id of ours reads as an event of a stream that is not there. */
function read(id: string): { readonly name: string; readonly at: number } {
  const [, name = "", at = "0"] = /^([\w-]{1,60})\.(\d{1,15})$/.exec(id) ?? [];
  return { name, at: Number(at) };
}
