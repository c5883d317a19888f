import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairQueue } from "../../../src/core/fair-queue.ts";
import type { Release } from "../../../src/core/fair-queue.ts";

const NEVER = new AbortController().signal;

/** Asks for a place, and notes under `name` when it is granted. */
function ask(queue: FairQueue, granted: string[], name: string, owner = "", signal = NEVER): Promise<Release> {
  return queue.take(owner, signal).then((place) => {
    if (typeof place === "string") throw new Error(`${name} is ${place}`);
    granted.push(name);
    return place;
  });
}

/** Gives back one place after the other, each as soon as it has been granted. */
async function drain(places: readonly Promise<Release>[]): Promise<void> {
  for (const place of places) (await place)();
}

describe("a fair queue", () => {
  it("grants its places at once, and the next in the order of arrival", async () => {
    const queue = new FairQueue(2, 10);
    const granted: string[] = [];
    const places = ["a", "b", "c", "d", "e"].map((name) => ask(queue, granted, name));
    await Promise.all(places.slice(0, 2));
    expect(granted).toEqual(["a", "b"]);
    expect([queue.taken, queue.waiting]).toEqual([2, 3]);
    await drain(places);
    expect(granted).toEqual(["a", "b", "c", "d", "e"]);
    expect([queue.taken, queue.waiting]).toEqual([0, 0]);
  });

  it("passes a place from hand to hand: who has just come cannot take it in between", async () => {
    const queue = new FairQueue(1, 10);
    const granted: string[] = [];
    const first = await ask(queue, granted, "first");
    const waiting = ask(queue, granted, "waiting");
    first();
    const late = ask(queue, granted, "late");
    await drain([waiting, late]);
    expect(granted).toEqual(["first", "waiting", "late"]);
  });

  it("lets the owners take turns: a thousand requests of one delay another by one", async () => {
    const queue = new FairQueue(1, 2_000);
    const granted: string[] = [];
    const busy = Array.from({ length: 1_000 }, (_, index) => ask(queue, granted, `busy ${index}`, "busy"));
    const other = [ask(queue, granted, "other 0", "other"), ask(queue, granted, "other 1", "other")];
    (await busy[0])?.();
    (await busy[1])?.();
    await drain([...other.slice(0, 1), ...busy.slice(2, 3), ...other.slice(1), ...busy.slice(3)]);
    expect(granted.slice(0, 6)).toEqual(["busy 0", "busy 1", "other 0", "busy 2", "other 1", "busy 3"]);
    expect(granted).toHaveLength(1_002);
    expect(queue.taken).toBe(0);
  });

  it("is busy exactly beyond its length", async () => {
    const queue = new FairQueue(1, 2);
    const granted: string[] = [];
    const places = ["a", "b", "c"].map((name) => ask(queue, granted, name, name));
    expect(await queue.take("d", NEVER)).toBe("busy");
    (await places[0])?.();
    const next = ask(queue, granted, "d", "d");
    expect(await queue.take("e", NEVER)).toBe("busy");
    await drain([...places.slice(1), next]);
    expect(granted).toEqual(["a", "b", "c", "d"]);
  });

  it("is busy at once with no room to wait", async () => {
    const queue = new FairQueue(1, 0);
    const place = await queue.take("", NEVER);
    expect(await queue.take("", NEVER)).toBe("busy");
    if (typeof place !== "string") place();
    expect(await queue.take("", NEVER)).toBeTypeOf("function");
  });

  it("is left by who goes away while waiting, and the others move up", async () => {
    const queue = new FairQueue(1, 2);
    const granted: string[] = [];
    const leaver = new AbortController();
    const first = ask(queue, granted, "first");
    const left = queue.take("", leaver.signal);
    const last = ask(queue, granted, "last");
    leaver.abort();
    expect(await left).toBe("gone");
    expect(queue.waiting).toBe(1);
    await drain([first, last]);
    expect(granted).toEqual(["first", "last"]);
    expect([queue.taken, queue.waiting]).toEqual([0, 0]);
  });

  it("takes nobody who has gone before asking", async () => {
    const queue = new FairQueue(1, 1);
    expect(await queue.take("", AbortSignal.abort())).toBe("gone");
    expect([queue.taken, queue.waiting]).toEqual([0, 0]);
  });

  it("leaves a granted place alone when its owner's signal fires later", async () => {
    const queue = new FairQueue(1, 1);
    const granted: string[] = [];
    const controller = new AbortController();
    const first = await ask(queue, granted, "first");
    const waiting = ask(queue, granted, "waiting", "", controller.signal);
    first();
    controller.abort();
    expect([queue.taken, queue.waiting]).toEqual([1, 0]);
    await drain([waiting]);
    expect(queue.taken).toBe(0);
  });

  it("counts a place that is given back twice once", async () => {
    const queue = new FairQueue(1, 5);
    const granted: string[] = [];
    const first = await ask(queue, granted, "first");
    const second = ask(queue, granted, "second");
    const third = ask(queue, granted, "third");
    first();
    first();
    (await second)();
    expect(granted).toEqual(["first", "second"]);
    first();
    (await third)();
    first();
    expect([queue.taken, queue.waiting]).toEqual([0, 0]);
  });
});

type Step =
  | { readonly do: "take"; readonly owner: string }
  | { readonly do: "release"; readonly which: number; readonly times: number }
  | { readonly do: "leave"; readonly which: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("take" as const), owner: fc.constantFrom("a", "b", "c") }),
    fc.record({ do: fc.constant("release" as const), which: fc.nat(20), times: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ do: fc.constant("leave" as const), which: fc.nat(20) }),
  ),
  { maxLength: 80 },
);

it("never has more out than places, and never loses one, whatever happens", async () => {
  const run = async (places: number, maxWaiting: number, history: readonly Step[]) => {
    const queue = new FairQueue(places, maxWaiting);
    const out: Release[] = [];
    const waiting = new Set<AbortController>();
    const play = async (step: Step) => {
      if (step.do === "take") {
        const leaver = new AbortController();
        waiting.add(leaver);
        void queue.take(step.owner, leaver.signal).then((place) => {
          waiting.delete(leaver);
          if (typeof place !== "string") out.push(place);
        });
      } else if (step.do === "release") {
        const [release] = out.splice(step.which % Math.max(out.length, 1), 1);
        for (let time = 0; time < step.times; time += 1) release?.();
      } else {
        Array.from(waiting)[step.which % Math.max(waiting.size, 1)]?.abort();
      }
      // Grants are promises: they arrive before the next step.
      await new Promise((resolve) => setImmediate(resolve));
      expect(out.length).toBe(queue.taken);
      expect(waiting.size).toBe(queue.waiting);
      expect(queue.taken).toBeLessThanOrEqual(places);
      expect(queue.waiting).toBeLessThanOrEqual(maxWaiting);
      // Nobody waits while a place is free.
      if (queue.waiting > 0) expect(queue.taken).toBe(places);
    };
    for (const step of history) await play(step);
    while (out.length > 0) await play({ do: "release", which: 0, times: 1 });
    expect([queue.taken, queue.waiting]).toEqual([0, 0]);
  };
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat(6), steps, run));
});
