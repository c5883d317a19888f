/** What an upstream may call a question so that the caller's client is told it: nothing that means something to JavaScript or to a terminal. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/**
 * The keys of the questions of one errand. None comes twice, not even after its answer: a request that is repeated, with the answer to an earlier question,
 * would otherwise answer a later one.
 */
export class QuestionKeys {
  readonly #taken = new Set<string>();
  #count = 0;

  /** `wanted` if that is plain and new, or something like it; our own if nobody wants any. */
  next(wanted?: string): string {
    const isPlain = wanted !== undefined && PLAIN.test(wanted) && !(wanted in {});
    let key = isPlain ? wanted : this.#own();
    for (let number = 2; this.#taken.has(key); number += 1) key = isPlain ? `${wanted}-${number}` : this.#own();
    this.#taken.add(key);
    return key;
  }

  #own(): string {
    this.#count += 1;
    return `q${this.#count}`;
  }
}
