import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import type { Limits } from "../../src/core/limits.ts";
import { KeptResults } from "../../src/execute/kept-results.ts";
import type { ResultStore } from "../../src/execute/kept-results.ts";

/** As in a Workspace, without its database. */
export function keptInMemory(limits: Partial<Limits> = {}, now: () => number = Date.now): KeptResults {
  const kept = new Map<string, { id: string; json: string; bytes: number; keptAt: number }>();
  const store: ResultStore = {
    list: () => [...kept.values()],
    load: (id) => kept.get(id)?.json,
    save: (id, json, bytes, keptAt) => void kept.set(id, { id, json, bytes, keptAt }),
    delete: (id) => void kept.delete(id),
  };
  return new KeptResults(store, { ...DEFAULT_LIMITS, ...limits }, now);
}
