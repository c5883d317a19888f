class Cache<T> {
  static readonly limit = 100;
  readonly #items = new Map<string, T>();
  hits = 0;

  async get(key: string, load: (key: string) => Promise<T>): Promise<T> {
    const cached = this.#items.get(key);
    if (cached !== undefined) {
      this.hits++;
      return cached;
    }
    const value = await load(key);
    if (this.#items.size < Cache.limit) this.#items.set(key, value);
    return value;
  }
}

const cache = new Cache<{ title: string }>();
const titles: string[] = [];
for (const id of ["T-1", "T-2", "T-1", "T-1"]) {
  const ticket = await cache.get(id, (each) => tracker.get_ticket({ id: each }));
  titles.push(ticket.title);
}
return { titles, hits: cache.hits };
/* @expect returns
{"titles":["Write report","Review login","Write report","Write report"],"hits":2}
*/
