/**
 * Reads what a sandbox process prints: workerd writes each entry of its log as one line of JSON, so that a program that writes to the console
 * cannot look like workerd itself.
 */
export class SandboxLog {
  #outOfMemory = false;
  #print: ((text: string) => void) | undefined;

  /** Whether V8 has said that it ends the process because there is no memory left. */
  get outOfMemory(): boolean {
    return this.#outOfMemory;
  }

  /** Whoever is to get what the harness prints from now on; nobody if undefined. */
  printTo(print: ((text: string) => void) | undefined): void {
    this.#print = print;
  }

  readonly read = (line: string): void => {
    const { level, message } = entryOf(line);
    if (typeof message !== "string") return;
    if (level === "log") this.#print?.(message);
    if (level === "fatal" && /^V8 fatal error; .*(?:heap|memory)/i.test(message)) this.#outOfMemory = true;
  };
}

function entryOf(line: string): { level?: unknown; message?: unknown } {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === "object" && entry !== null ? entry : {};
  } catch {
    return {};
  }
}
