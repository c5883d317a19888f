import type { CallRecord } from "../core/execution.ts";
import type { ProgressUpdate, Relay } from "../core/relay.ts";

/** Progress is a line in a status bar. */
const MAX_CHARS = 200;

/** What an execution tells of itself while it runs. Each report counts one more; the message says what has happened. */
export class Reports {
  readonly #relay: Pick<Relay, "progress">;
  #ended = 0;

  constructor(relay: Pick<Relay, "progress">) {
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

  /** A step of an upstream becomes a message: it has a scale of its own. */
  stepDone(name: string, { progress, total, message }: ProgressUpdate): void {
    const step = total === undefined ? `${progress}` : `${progress} of ${total}`;
    this.#tell(`${name}: ${message === undefined ? step : `${step}: ${message}`}`);
  }

  #tell(text: string): void {
    const line = text.replaceAll(/\s+/g, " ");
    this.#relay.progress({ message: (line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS)}…` : line).toWellFormed() });
  }
}
