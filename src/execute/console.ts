import { CONSOLE_LEVELS } from "../core/execution.ts";
import type { ConsoleLevel, ConsoleLine, ConsoleOutput } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";

/** Collects an execution's console lines on the host, within `consoleLines` and `consoleChars`. Its input is hostile. */
export class ConsoleCollector {
  readonly #limits: Limits;
  readonly #lines: ConsoleLine[] = [];
  #chars = 0;
  #dropped = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether the line is kept: then `text` is a string. */
  add(level: unknown, text: unknown): boolean {
    if (
      typeof text !== "string" ||
      this.#lines.length >= this.#limits.consoleLines ||
      this.#chars + text.length > this.#limits.consoleChars
    ) {
      this.#dropped += 1;
      return false;
    }
    this.#chars += text.length;
    this.#lines.push({ level: isLevel(level) ? level : "log", text });
    return true;
  }

  /** `droppedInside`: lines that the harness says it did not send. */
  output(droppedInside: number): ConsoleOutput {
    const inside = Number.isSafeInteger(droppedInside) && droppedInside > 0 ? droppedInside : 0;
    return { lines: this.#lines, dropped: this.#dropped + inside };
  }
}

function isLevel(level: unknown): level is ConsoleLevel {
  return CONSOLE_LEVELS.some((known) => known === level);
}
