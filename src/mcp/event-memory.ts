import type { Limits } from "../core/limits.ts";
import type { KeptStream, Tally } from "./kept-stream.ts";

export type ResumeLimits = Pick<
  Limits,
  "resumeEvents" | "resumeBytes" | "resumeBytesInAll" | "finishedMs" | "executionMs" | "parkMs" | "drainMs"
>;

/** What the sessions of a Workspace keep of their streams, in all. It is memory: what happens on a stream does not outlive the Workspace either. */
export class EventMemory {
  readonly limits: ResumeLimits;
  readonly tally: Tally = { bytes: 0 };
  /** With what forgets each. */
  readonly #streams = new Map<KeptStream, (stream: KeptStream) => void>();

  constructor(limits: ResumeLimits) {
    this.limits = limits;
  }

  add(stream: KeptStream, forget: (stream: KeptStream) => void): void {
    this.#streams.set(stream, forget);
  }

  delete(stream: KeptStream): void {
    this.#streams.delete(stream);
  }

  trim(): void {
    trim(this.#streams.keys(), this.tally, this.limits.resumeBytesInAll, (stream) => this.#streams.get(stream)?.(stream));
  }
}

/** Drops what is missed least until the rest fits: notifications, then answers, then whole streams, of each the oldest first. */
export function trim(streams: Iterable<KeptStream>, tally: Tally, bytes: number, forget: (stream: KeptStream) => void): void {
  if (tally.bytes <= bytes) return;
  const held = [...streams];
  const steps: readonly ((stream: KeptStream) => boolean)[] = [
    (stream) => stream.dropNotification(),
    (stream) => stream.dropAnswer(),
    (stream) => {
      forget(stream);
      return false;
    },
  ];
  for (const step of steps) {
    for (const stream of held) {
      let goesOn = true;
      while (goesOn && tally.bytes > bytes) goesOn = step(stream);
    }
  }
}
