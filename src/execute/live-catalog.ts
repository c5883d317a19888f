import type { Catalog, CatalogTool } from "../catalog/catalog.ts";
import type { Learning } from "./learning.ts";

export interface LiveCatalogDeps {
  /** Asked anew each time, so that a program sees an upstream's new tools at once. */
  readonly catalog: () => Catalog;
  /** Reads an upstream's tools again, connecting it if need be. Never rejects. */
  readonly rereadUpstream: (key: string) => Promise<void>;
  /** Absent if nothing is to be learned. */
  readonly learning?: Learning;
}

/** The catalog as one execution sees it: what is missing is worth another look at its upstream, once for each. */
export class LiveCatalog {
  readonly #deps: LiveCatalogDeps;
  readonly #reread = new Set<string>();

  constructor(deps: LiveCatalogDeps) {
    this.#deps = deps;
  }

  now(): Catalog {
    return this.#deps.catalog();
  }

  /** The tool, also if its upstream was away, or has changed without a word. */
  async find(namespace: string, identifier: string): Promise<CatalogTool | undefined> {
    const found = this.now().find(namespace, identifier);
    if (found !== undefined) return found;
    await this.lookAgain(namespace);
    return this.now().find(namespace, identifier);
  }

  /** A tool with what is known of its results by now. */
  readonly typed = (tool: CatalogTool): CatalogTool => {
    const learned = this.#deps.learning?.typeOf(tool.upstream, tool.tool);
    return learned === undefined ? tool : { ...tool, learned };
  };

  /** `value` is what a successful call was worth to the program. */
  learn({ upstream, tool }: CatalogTool, value: unknown): void {
    this.#deps.learning?.learn(upstream, tool, value);
  }

  async lookAgain(namespace: string): Promise<void> {
    const owner = this.now().namespace(namespace);
    if (owner === undefined || this.#reread.has(namespace)) return;
    this.#reread.add(namespace);
    await this.#deps.rereadUpstream(owner.upstream);
  }
}
