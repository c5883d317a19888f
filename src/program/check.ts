import { COMPATIBILITY } from "../core/compatibility.ts";
import { CodemodeError } from "../core/errors.ts";
import type CheckerEntrypoint from "./checker.worker.ts";
import type { PrepareResult } from "./prepare.ts";

export type { PrepareResult } from "./prepare.ts";

const MAIN_MODULE = "checker.js";

// Small enough that a full cache is a few megabytes of the isolate's 128.
const CACHED_PROGRAMS = 100;
const CACHED_CHARS = 16_384;

/** The client of the Checker. One per isolate of the proxy is enough; it holds nothing that belongs to a request. */
export class Checker {
  readonly #loader: WorkerLoader;
  readonly #bundle: string;
  readonly #name: string;
  // Results, never promises: one request of a Worker must not wait for a promise that another one started.
  readonly #recent = new Map<string, PrepareResult>();

  /** @param bundle the Checker's code: one ES module. @param bundleHash changes whenever the bundle does. */
  constructor(loader: WorkerLoader, bundle: string, bundleHash: string) {
    this.#loader = loader;
    this.#bundle = bundle;
    this.#name = `checker:${bundleHash}`;
  }

  /**
   * A program as a module that can be run, or what is wrong with it.
   * @throws CodemodeError `fault` if the Checker itself failed.
   */
  async prepare(source: string): Promise<PrepareResult> {
    const known = this.#recent.get(source);
    const result = known ?? (await this.#ask(source));
    if (source.length <= CACHED_CHARS) this.#remember(source, result);
    return result;
  }

  /** Loads the Checker and lets it compile what every program needs, so that the first program does not wait for it. */
  async warm(): Promise<void> {
    await this.#ask(WARM_UP);
  }

  async #ask(source: string): Promise<PrepareResult> {
    try {
      const worker = this.#loader.get(this.#name, () => ({
        ...COMPATIBILITY,
        mainModule: MAIN_MODULE,
        modules: { [MAIN_MODULE]: this.#bundle },
        globalOutbound: null,
      }));
      // What RPC returns is disposed of at once, and belongs to this request: what is kept is a copy.
      using result = await worker.getEntrypoint<CheckerEntrypoint>().prepare(source);
      return structuredClone<PrepareResult>(result);
    } catch (cause) {
      throw new CodemodeError("fault", "The checker failed before it could read the program.", { cause, remedy: "Run the program again." });
    }
  }

  #remember(source: string, result: PrepareResult): void {
    this.#recent.delete(source);
    this.#recent.set(source, result);
    const oldest = this.#recent.keys().next();
    if (this.#recent.size > CACHED_PROGRAMS && oldest.done !== true) this.#recent.delete(oldest.value);
  }
}

const WARM_UP = `
interface Item { id: number; title?: string }
const items: Item[] = [{ id: 1 }, { id: 2, title: "two" }];
const named = await Promise.all(items.map(async ({ id, title }) => ({ id, title: title ?? \`item \${id}\` })));
for (const { id } of named) if (id! > 1) console.log(id as number);
return named.filter((item) => /^item/.test(item.title));
`;
