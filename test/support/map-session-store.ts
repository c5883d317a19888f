import type { Wish } from "../../src/mcp/audience.ts";
import type { SessionStore } from "../../src/mcp/sessions.ts";

/** Sessions in memory. */
export class MapSessionStore implements SessionStore {
  readonly saved = new Map<string, { initialize: string; wishes: readonly Wish[] }>();
  load = (id: string) => this.saved.get(id);
  save = (id: string, initialize: string) => void this.saved.set(id, { initialize, wishes: [] });
  keepWish = (id: string, wish: Wish) => this.#replace(id, wish, [wish]);
  dropWish = (id: string, wish: Wish) => this.#replace(id, wish, []);
  delete = (id: string) => void this.saved.delete(id);

  /** A session has one level, and each subscription once. */
  #replace(id: string, wish: Wish, by: readonly Wish[]): void {
    const { initialize = "", wishes = [] } = this.saved.get(id) ?? {};
    const keyOf = (one: Wish) => ("uri" in one ? one.uri : "level");
    this.saved.set(id, { initialize, wishes: [...wishes.filter((one) => keyOf(one) !== keyOf(wish)), ...by] });
  }
}
