import type { ListKind } from "../core/features.ts";

/** Which servers were there when callers last listed resources and prompts: with a server its items come and go. */
export class ListedOffers {
  readonly #listed = new Map<"resources" | "prompts", string>();

  saw(kind: ListKind, keys: readonly string[]): void {
    this.#listed.set(kind === "prompts" ? "prompts" : "resources", JSON.stringify(keys));
  }

  /** The lists that a caller who has seen them would now see otherwise. Each once: what is new counts as seen. */
  changed(keys: readonly string[]): ("resources" | "prompts")[] {
    const now = JSON.stringify(keys);
    const lists = [...this.#listed].flatMap(([list, seen]) => (seen === now ? [] : [list]));
    for (const list of lists) this.#listed.set(list, now);
    return lists;
  }
}
