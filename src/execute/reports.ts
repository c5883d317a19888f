import type { CallRecord } from "../core/execution.ts";
import type { ProgressUpdate, Relay } from "../core/relay.ts";

/** Progress is a line in a status bar. */
const MAX_CHARS = 200;

/** What an execution tells of itself while it runs. Each report counts one more; the message says what has happened. */
export class Reports {
  readonly #relay: Relay;
  #ended = 0;

  constructor(relay: Relay) {
    this.#relay = relay;
  }

  started(): void {
    this.#tell("the program has started");
  }

  callEnded(name: string, outcome: CallRecord["outcome"]): void {
    this.#ended += 1;
    this.#tell(`${name} ${outcome} (${this.#ended} ${this.#ended === 1 ? "call" : "calls"} finished)`);
  }

  printed(text: string): void {
    this.#tell(`console: ${text}`);
  }

  /** The relay of one call. The steps of its upstream become messages: they have a scale of their own. */
  relayOf(name: string): Relay {
    return { progress: (update) => this.#tell(`${name}: ${stepOf(update)}`) };
  }

  #tell(text: string): void {
    const line = text.replaceAll(/\s+/g, " ");
    this.#relay.progress({ message: (line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS)}…` : line).toWellFormed() });
  }
}

function stepOf({ progress, total, message }: ProgressUpdate): string {
  const step = total === undefined ? `${progress}` : `${progress} of ${total}`;
  return message === undefined ? step : `${step}: ${message}`;
}
