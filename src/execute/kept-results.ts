import { byteLength, exceedsBytes } from "../core/bytes.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";

/** Where results are kept: storage without rules. */
export interface ResultStore {
  /** The oldest first; `bytes` as UTF-8, `keptAt` in ms since the epoch. */
  list(): readonly { readonly id: string; readonly bytes: number; readonly keptAt: number }[];
  load(id: string): string | undefined;
  save(id: string, json: string, bytes: number, keptAt: number): void;
  delete(id: string): void;
}

/** Returned values that were too large to show, whole, for later programs of the same caller. Their JSON text is hostile and never parsed here. */
export class KeptResults {
  readonly #store: ResultStore;
  readonly #limits: Limits;
  readonly #now: () => number;

  constructor(store: ResultStore, limits: Limits, now: () => number) {
    this.#store = store;
    this.#limits = limits;
    this.#now = now;
  }

  /** The id under which the value can be read, or undefined if it is larger than may be kept. */
  keep(json: string): string | undefined {
    const { resultBytes, keptResults, keptBytes } = this.#limits;
    if (exceedsBytes(json, Math.min(resultBytes, keptBytes))) return undefined;
    const bytes = byteLength(json);
    const kept = [...this.#current()];
    let total = kept.reduce((sum, entry) => sum + entry.bytes, bytes);
    while (kept.length >= keptResults || total > keptBytes) {
      const oldest = kept.shift();
      if (oldest === undefined) break;
      this.#store.delete(oldest.id);
      total -= oldest.bytes;
    }
    const id = `r${crypto.randomUUID().slice(0, 8)}`;
    this.#store.save(id, json, bytes, this.#now());
    return id;
  }

  /** The JSON text of a kept value. Throws CodemodeError("tool_arguments") for an unknown id, with the known ones. */
  read(id: unknown): string {
    const ids = this.#current().map((entry) => entry.id);
    const json = typeof id === "string" && ids.includes(id) ? this.#store.load(id) : undefined;
    if (json !== undefined) return json;
    const minutes = Math.round(this.#limits.keptMs / 60_000);
    throw new CodemodeError("tool_arguments", "codemode.result(id): there is no result of that id", {
      remedy: `A result that was shortened is kept for ${minutes} minutes, the newest ${this.#limits.keptResults}. Kept now: ${ids.join(", ") || "none"}.`,
    });
  }

  #current(): ReturnType<ResultStore["list"]> {
    const from = this.#now() - this.#limits.keptMs;
    const [old, current] = [[], []] as [string[], ReturnType<ResultStore["list"]>[number][]];
    for (const entry of this.#store.list()) {
      if (entry.keptAt < from) old.push(entry.id);
      else current.push(entry);
    }
    for (const id of old) this.#store.delete(id);
    return current;
  }
}
