import type { Tool } from "@modelcontextprotocol/server";
import type { Catalog } from "../catalog/catalog.ts";
import { executeTool } from "./tool.ts";

/** Budgets that are remembered: a client asks with one, hardly anybody with more than one client. */
const MAX_REMEMBERED = 8;

/** The execute tool as callers have been shown it, so that they are told of a change only when they would see one. */
export class ShownTool {
  readonly #preset: number;
  /** Budget -> the description that was shown within it; the last used last. */
  readonly #shown = new Map<number, string>();

  /** @param preset the budget of callers that ask for none, in characters. */
  constructor(preset: number) {
    this.#preset = preset;
  }

  /** The tool for a caller that asks with this URL (`/mcp?description=2000`), if with any. */
  show(catalog: Catalog, url: string | undefined): Tool {
    const budget = (url === undefined ? undefined : budgetOf(url)) ?? this.#preset;
    const tool = executeTool(catalog, budget);
    this.#shown.delete(budget);
    this.#shown.set(budget, tool.description ?? "");
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_REMEMBERED && oldest !== undefined) this.#shown.delete(oldest);
    return tool;
  }

  /** Whether somebody who was shown the tool would now see another text. What is new counts as shown. */
  changed(catalog: Catalog): boolean {
    let changed = false;
    for (const [budget, before] of this.#shown) {
      const now = executeTool(catalog, budget).description ?? "";
      if (now !== before) changed = true;
      this.#shown.set(budget, now);
    }
    return changed;
  }
}

function budgetOf(url: string): number | undefined {
  const said = new URL(url).searchParams.get("description");
  return said === null ? undefined : Number(said);
}
