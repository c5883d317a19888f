import { COMPATIBILITY } from "../core/compatibility.ts";
import { CodemodeError } from "../core/errors.ts";
import type CheckerEntrypoint from "./checker.worker.ts";
import type { Checked, CheckedNamespace, CheckResult } from "./checks.ts";
import type { PrepareResult } from "./prepare.ts";
import { Recent } from "./recent.ts";

export type { Checked, CheckedProblem } from "./checks.ts";
export type { PrepareResult } from "./prepare.ts";

/** What the tools of one namespace look like to a program, as TypeScript. */
export interface NamespaceText {
  readonly name: string;
  readonly text: string;
}

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
  readonly #prepared = new Recent<PrepareResult>(CACHED_PROGRAMS);
  readonly #checked = new Recent<Checked>(CACHED_PROGRAMS);
  readonly #ids = new WeakMap<NamespaceText, string>();

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
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    const result = await this.#askToPrepare(source);
    if (source.length <= CACHED_CHARS) this.#prepared.set(source, result);
    return result;
  }

  /**
   * What is certainly wrong with a program that has been prepared, and what is merely odd.
   * @param steps what the compiler may spend on it.
   * @throws whatever keeps the Checker from an answer.
   */
  async check(source: string, namespaces: readonly NamespaceText[], steps: number): Promise<Checked> {
    const named = await Promise.all(namespaces.map(async (namespace) => ({ name: namespace.name, id: await this.#idOf(namespace) })));
    const key = `${named.map(({ name, id }) => `${name}:${id}`).join()}\n${source}`;
    const known = this.#checked.get(key);
    if (known !== undefined) return known;
    // Its isolate may be gone since it was last told.
    const withTexts = () => named.map((each, index) => ({ ...each, text: namespaces[index]?.text ?? "" }));
    let result = await this.#askToCheck(source, named, steps);
    if (result.kind === "unknown") result = await this.#askToCheck(source, withTexts(), steps);
    if (result.kind === "unknown") throw new Error("the checker does not know the declarations that it was given");
    if (source.length <= CACHED_CHARS) this.#checked.set(key, result);
    return result;
  }

  /** Loads the Checker and lets it compile what every program needs, so that the first program does not wait for it. */
  async load(): Promise<void> {
    await this.#askToPrepare(WARM_UP);
  }

  /** Lets the Checker read these declarations, so that the next program does not wait for it. */
  async learn(namespaces: readonly NamespaceText[], steps: number): Promise<void> {
    await this.check(WARM_UP, namespaces, steps);
  }

  async #askToPrepare(source: string): Promise<PrepareResult> {
    try {
      // What RPC returns is disposed of at once, and belongs to this request: what is kept is a copy.
      using result = await this.#entrypoint().prepare(source);
      return structuredClone<PrepareResult>(result);
    } catch (cause) {
      throw new CodemodeError("fault", "The checker failed before it could read the program.", { cause, remedy: "Run the program again." });
    }
  }

  async #askToCheck(source: string, namespaces: readonly CheckedNamespace[], steps: number): Promise<CheckResult> {
    using result = await this.#entrypoint().check(source, namespaces, steps);
    return structuredClone<CheckResult>(result);
  }

  #entrypoint() {
    const worker = this.#loader.get(this.#name, () => ({
      ...COMPATIBILITY,
      mainModule: MAIN_MODULE,
      modules: { [MAIN_MODULE]: this.#bundle },
      globalOutbound: null,
    }));
    return worker.getEntrypoint<CheckerEntrypoint>();
  }

  /** The texts go to the Checker once; a hash stands for them afterwards, so that nobody can pass other declarations off as these. */
  async #idOf(namespace: NamespaceText): Promise<string> {
    const known = this.#ids.get(namespace);
    if (known !== undefined) return known;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(namespace.text));
    const id = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#ids.set(namespace, id);
    return id;
  }
}

const WARM_UP = `
interface Item { id: number; title?: string }
const items: Item[] = [{ id: 1 }, { id: 2, title: "two" }];
const named = await Promise.all(items.map(async ({ id, title }) => ({ id, title: title ?? \`item \${id}\` })));
for (const { id } of named) if (id! > 1) console.log(id as number);
return named.filter((item) => /^item/.test(item.title));
`;
