import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/server";
import { byteLength } from "../core/bytes.ts";

interface KeptEvent {
  readonly at: number;
  /** `gone` is what stands in the place of an answer. */
  kind: "notification" | "question" | "answer" | "gone";
  /** Of the request that it is, or answers. */
  readonly id: RequestId | undefined;
  /** JSON: text takes the memory that it is counted as, which the objects of a hostile upstream do not. */
  text: string;
  bytes: number;
}

export interface Tally {
  bytes: number;
}

/** About what the engine takes for a stream, and for an event besides its text, in bytes: many small ones count, too. */
const STREAM_BYTES = 500;
const EVENT_BYTES = 200;

/** What is not longer than that takes no more than what would stand in its place. */
const SHORT_CHARS = 400;

const FORGOTTEN =
  "The call has ended, and its result is not kept any more: others, or it alone, were too large. Find out what it has done before you repeat it.";

/**
 * What is kept of one stream of a session for a client that loses it. Its events are numbered from 1, and whoever comes back names the last one
 * that it has.
 */
export class KeptStream {
  readonly name: string;
  /** What it takes is added to each of these. */
  readonly #tallies: readonly Tally[];
  readonly #saysOnce: boolean;
  #events: KeptEvent[] = [];
  #last = 0;
  #isAnswered = false;
  #end: ReturnType<typeof setTimeout> | undefined;

  /** @param saysOnce that of two notifications that say the same, the later one is as good as both. */
  constructor(name: string, tallies: readonly Tally[], saysOnce: boolean) {
    this.name = name;
    this.#tallies = tallies;
    this.#saysOnce = saysOnce;
    this.#count(STREAM_BYTES);
  }

  /** The number of the last event that there has been, kept or not. */
  get last(): number {
    return this.#last;
  }

  /** Whether its request has been answered. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** A number for an event that is not kept. */
  skip(): void {
    this.#last += 1;
  }

  /** @param notifications how many are kept, of which the newest. */
  add(message: JSONRPCMessage, notifications: number): void {
    const isCall = "method" in message;
    const text = JSON.stringify(message);
    const event: KeptEvent = {
      at: this.#last + 1,
      kind: isCall ? ("id" in message ? "question" : "notification") : "answer",
      id: "id" in message ? message.id : undefined,
      text,
      bytes: sizeOf(text),
    };
    if (this.#saysOnce) this.#remove((other) => other.kind === "notification" && other.text === text);
    this.#last = event.at;
    this.#isAnswered ||= event.kind === "answer";
    this.#events.push(event);
    this.#count(event.bytes);
    if (this.#events.filter(({ kind }) => kind === "notification").length > notifications) this.dropNotification();
  }

  /** What has come behind the event of this number, in its order. */
  after(at: number): readonly Pick<KeptEvent, "at" | "text">[] {
    return this.#events.filter((event) => event.at > at);
  }

  /** The client has this event, and with it all before. */
  acknowledge(at: number): void {
    this.#remove((event) => event.at <= at);
  }

  /** Its question of this id need not be asked again. */
  settle(id: RequestId): void {
    this.#remove((event) => event.kind === "question" && event.id === id);
  }

  /** Drops the oldest. False if there is none. */
  dropNotification(): boolean {
    const oldest = this.#events.find(({ kind }) => kind === "notification");
    if (oldest !== undefined) this.#remove((event) => event === oldest);
    return oldest !== undefined;
  }

  /** Puts in the place of one what tells a client that it is gone. False if there is none that takes more than that. */
  dropAnswer(): boolean {
    const event = this.#events.find(({ kind, text }) => kind === "answer" && text.length > SHORT_CHARS);
    if (event === undefined) return false;
    this.#count(-event.bytes);
    event.kind = "gone";
    event.text = JSON.stringify({ jsonrpc: "2.0", id: event.id, error: { code: -32_603, message: FORGOTTEN } });
    event.bytes = sizeOf(event.text);
    this.#count(event.bytes);
    return true;
  }

  /** Calls back once so many ms have passed with no other call of this. */
  lasts(ms: number, end: () => void): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(end, ms);
  }

  /** Nothing is kept from now on. */
  release(): void {
    clearTimeout(this.#end);
    this.#remove(() => true);
    this.#count(-STREAM_BYTES);
  }

  #remove(which: (event: KeptEvent) => boolean): void {
    this.#events = this.#events.filter((event) => {
      if (!which(event)) return true;
      this.#count(-event.bytes);
      return false;
    });
  }

  #count(bytes: number): void {
    for (const tally of this.#tallies) tally.bytes += bytes;
  }
}

function sizeOf(text: string): number {
  return byteLength(text) + EVENT_BYTES;
}
