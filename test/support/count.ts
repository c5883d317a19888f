/** How often each thing happened. */
export class Count {
  readonly #counts = new Map<string, number>();

  add(what: string): void {
    this.#counts.set(what, this.of(what) + 1);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  toString(): string {
    return Array.from(this.#counts, ([what, count]) => `${count} ${what}`).join(", ");
  }
}
