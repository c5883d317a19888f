import type { SandboxBridge, SandboxJob } from "./executor.ts";

/**
 * The console of one run as its process printed it. A line over the bridge leaves the sandbox when the program gives the thread back; what
 * a process prints is outside at once, and there even if the program never does.
 */
export class Echo {
  /** What the lines of this run are marked with: the pipe may still hold the last ones of the run before. */
  readonly id = crypto.randomUUID();
  readonly #limits: SandboxJob["limits"];
  readonly #lines: { readonly level: string; readonly text: string }[] = [];
  #chars = 0;
  #arrived = 0;

  constructor(limits: SandboxJob["limits"]) {
    this.#limits = limits;
  }

  /** One line as the harness printed it: the mark, the level, the text. Anything else is ignored. */
  print(printed: string): void {
    const [, id, level, text] = /^(\S+) (\S+) ([^]*)$/.exec(printed) ?? [];
    if (id !== this.id || level === undefined || text === undefined || this.#lines.length >= this.#limits.consoleLines) return;
    this.#chars += text.length;
    if (this.#chars <= this.#limits.consoleChars) this.#lines.push({ level, text });
  }

  /** A line has come over the bridge. They come in the order in which they were printed. */
  arrived(): void {
    this.#arrived += 1;
  }

  /** Passes on what was printed and will never come over the bridge. */
  async passOn(bridge: SandboxBridge): Promise<void> {
    for (const { level, text } of this.#lines.slice(this.#arrived)) await bridge.log(level, text);
  }
}
