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
  readonly #watched = new Map<string, Watched>();
  /** While nobody listens: what will be watched again, and how to give up its place. */
  readonly #resting = new Map<string, () => void>();

  constructor(subscriptions: Subscriptions, tell: TellUpdated) {
    this.#subscriptions = subscriptions;
    this.#tell = tell;
  }

  get uris(): string[] {
    return [...this.#watched.keys(), ...this.#resting.keys()];
  }

  has(uri: string): boolean {
    return this.#watched.has(uri) || this.#resting.has(uri);
  }

  /** Rejects with CodemodeError; then it is not watched. */
  async add(uri: string): Promise<void> {
    const watched = this.#watched.get(uri) ?? { count: 0, holding: this.#subscriptions.hold(uri, this.#tell) };
    this.#watched.set(uri, watched);
    watched.count += 1;
    try {
      watched.release = await watched.holding;
    } catch (error) {
      this.#watched.delete(uri);
      throw error;
    }
  }

  /** As many of these as can be watched, each once. Never rejects. */
  async addAll(uris: readonly string[]): Promise<string[]> {
    const added = Array.from(new Set(uris), (uri) =>
      this.add(uri).then(
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
    const uris = [...this.#watched.keys()];
    this.end();
    for (const uri of uris)
      this.#resting.set(
        uri,
        this.#subscriptions.rest(() => void this.#resting.delete(uri)),
      );
  }

  /** Somebody listens again. What may have changed meanwhile is told as if it had. Never rejects. */
  async resume(): Promise<void> {
    const uris = [...this.#resting.keys()];
    for (const uri of uris) this.#wake(uri);
    for (const uri of await this.addAll(uris)) this.#tell(uri, uri);
  }

  end(): void {
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
