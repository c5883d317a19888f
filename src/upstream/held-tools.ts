import type { Tool } from "../core/tool.ts";
import type { readToolList, ToolList } from "./tool-list.ts";

/** The tools of an upstream as they were listed the last time, without those that nobody is to see. */
export class HeldTools {
  list: ToolList = { tools: [], skipped: [] };
  readonly #isOffered: (tool: Tool) => boolean;
  readonly #minMs: number;
  #staleAt = Number.POSITIVE_INFINITY;

  /** @param minMs for how long a list is good at least, whatever the server says. */
  constructor(isOffered: (tool: Tool) => boolean, minMs: number) {
    this.#isOffered = isOffered;
    this.#minMs = minMs;
  }

  /** Whether it is another list than before: what is made of a list is made again for another only. */
  take({ tools, skipped, ttlMs }: Awaited<ReturnType<typeof readToolList>>): boolean {
    this.#staleAt = ttlMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + Math.max(ttlMs, this.#minMs);
    const list: ToolList = { tools: tools.filter(this.#isOffered), skipped };
    if (JSON.stringify(list) === JSON.stringify(this.list)) return false;
    this.list = list;
    return true;
  }

  /** Whether the server wants to be asked for it again. True once for each list. */
  askAgain(): boolean {
    if (Date.now() < this.#staleAt) return false;
    this.#staleAt = Number.POSITIVE_INFINITY;
    return true;
  }
}
