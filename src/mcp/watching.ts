import { CodemodeError } from "../core/errors.ts";
import type { Subscriptions, TellUpdated } from "./subscriptions.ts";

interface Watched {
  /** How often it was asked for. */
  count: number;
  readonly holding: Promise<() => void>;
  /** Set when it is held: its place is free at once when it is given up. */
  release?: () => void;
}

/** The resources that one connection, session or stream of a caller watches, by the URIs that it has named. */
export class Watching {
  readonly #subscriptions: Subscriptions;
  readonly #tell: TellUpdated;
  readonly #onForgotten: ((uri: string) => void) | undefined;
  readonly #watched = new Map<string, Watched>();
  /** While nobody listens: what will be watched again, and how to give up its place. */
  readonly #resting = new Map<string, () => void>();
  #again: ReturnType<typeof setTimeout> | undefined;

  /** @param onForgotten called with what has had to make room for others while nobody listened. */
  constructor(subscriptions: Subscriptions, tell: TellUpdated, onForgotten?: (uri: string) => void) {
    this.#subscriptions = subscriptions;
    this.#tell = tell;
    this.#onForgotten = onForgotten;
  }

  get uris(): string[] {
    return [...this.#watched.keys(), ...this.#resting.keys()];
  }

  has(uri: string): boolean {
    return this.#watched.has(uri) || this.#resting.has(uri);
  }

  /** Rejects with CodemodeError; then it is not watched, or rests if it `restsElse`. */
  async add(uri: string, restsElse = false): Promise<void> {
    const watched = this.#watched.get(uri) ?? { count: 0, holding: this.#subscriptions.hold(uri, this.#tell) };
    this.#watched.set(uri, watched);
    watched.count += 1;
    try {
      watched.release = await watched.holding;
    } catch (error) {
      // It may have been given up meanwhile, and asked for once more.
      if (this.#watched.get(uri) === watched) {
        this.#watched.delete(uri);
        // Whatever has been asked for wrongly will be so again.
        if (restsElse && !(error instanceof CodemodeError && error.code === "tool_arguments")) this.restAll([uri]);
        else if (restsElse) this.#onForgotten?.(uri);
      }
      throw error;
    }
  }

  /** As many of these as can be watched, each once. Never rejects. */
  async addAll(uris: readonly string[], restsElse = false): Promise<string[]> {
    // A request has room for a million, and each that is refused costs an error.
    const added = [...new Set(uris)].slice(0, this.#subscriptions.most).map((uri) =>
      this.add(uri, restsElse).then(
        () => [uri],
        () => [],
      ),
    );
    return (await Promise.all(added)).flat();
  }

  remove(uri: string): void {
    this.#wake(uri);
    const watched = this.#watched.get(uri);
    if (watched === undefined) return;
    watched.count -= 1;
    if (watched.count > 0) return;
    this.#watched.delete(uri);
    if (watched.release !== undefined) return watched.release();
    void watched.holding.then(
      (release) => release(),
      () => undefined,
    );
  }

  /** Nobody listens any more, or not for now. */
  rest(): void {
    const { uris } = this;
    this.end();
    this.restAll(uris);
  }

  /** These are watched as soon as somebody listens. */
  restAll(uris: readonly string[]): void {
    for (const uri of uris) {
      let isForgotten = false;
      const wake = this.#subscriptions.rest(() => {
        isForgotten = true;
        this.#resting.delete(uri);
        this.#onForgotten?.(uri);
      });
      // At once, if nobody else can make room.
      if (!isForgotten) this.#resting.set(uri, wake);
    }
  }

  /**
   * Somebody listens again. What may have changed meanwhile is told as if it had. What cannot be watched, because its upstream is away at the moment, is tried
   * again every now and then. Never rejects.
   */
  async resume(): Promise<void> {
    clearTimeout(this.#again);
    const again = setTimeout(() => void this.resume(), this.#subscriptions.retryMs);
    this.#again = again;
    const uris = [...this.#resting.keys()];
    for (const uri of uris) this.#wake(uri);
    for (const uri of await this.addAll(uris, true)) this.#tell(uri, uri);
    if (this.#resting.size === 0) clearTimeout(again);
  }

  end(): void {
    clearTimeout(this.#again);
    for (const uri of this.#resting.keys()) this.#wake(uri);
    for (const [uri, watched] of this.#watched) {
      watched.count = 1;
      this.remove(uri);
    }
  }

  #wake(uri: string): void {
    this.#resting.get(uri)?.();
    this.#resting.delete(uri);
  }
}
