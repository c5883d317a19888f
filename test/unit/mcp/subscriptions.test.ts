import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readUri } from "../../../src/core/address.ts";
import { CodemodeError } from "../../../src/core/errors.ts";
import { Subscriptions } from "../../../src/mcp/subscriptions.ts";
import { Watching } from "../../../src/mcp/watching.ts";

/** URIs without a namespace are those of `only`. */
function subscriptionsOf({ subscriptions = 3, uriChars = 40, updateMs = 300, watch = async () => undefined as void } = {}) {
  const watched: string[] = [];
  const held = new Subscriptions({
    find: async (uri) => readUri(uri) ?? { namespace: "only", own: uri },
    watch: async ({ namespace, own }) => {
      await watch();
      const name = `${namespace} ${own}`;
      watched.push(name);
      return () => void watched.splice(watched.indexOf(name), 1);
    },
    limits: { subscriptions, uriChars, updateMs, retryMs: 1_000 },
  });
  const told: string[] = [];
  const watching = () => new Watching(held, (uri, changed) => told.push(uri === changed ? uri : `${uri} ${changed}`));
  return { held, watched, told, watching };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("subscriptions", () => {
  it("are told of their resource and of what lies below it, in the words in which they were made", async () => {
    const { held, told, watching } = subscriptionsOf();
    const mine = watching();
    for (const uri of ["codemode://a/file:///dir", "file:///dir"]) await mine.add(uri);
    held.updated({ namespace: "a", own: "file:///dir" });
    held.updated({ namespace: "only", own: "file:///dir/x" });
    vi.advanceTimersByTime(300);
    held.updated({ namespace: "a", own: "file:///dir?q" });
    for (const own of ["file:///directory", "file:///", "other:///dir"]) held.updated({ namespace: "a", own });
    held.updated({ namespace: "b", own: "file:///dir" });
    expect(told).toEqual(["codemode://a/file:///dir", "file:///dir file:///dir/x", "codemode://a/file:///dir codemode://a/file:///dir?q"]);
  });

  it("are told of a change at once, and for updateMs of no other; then of what has changed meanwhile, once", async () => {
    const { held, told, watching } = subscriptionsOf({ updateMs: 300 });
    const mine = watching();
    await mine.add("file:///dir");
    const change = (own: string) => held.updated({ namespace: "only", own });
    for (const own of ["file:///dir/a", "file:///dir/b", "file:///dir/b"]) change(own);
    expect(told).toEqual(["file:///dir file:///dir/a"]);
    vi.advanceTimersByTime(299);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(told.slice(1)).toEqual(["file:///dir file:///dir/b"]);
    // Of several parts the whole.
    for (const own of ["file:///dir/c", "file:///dir/d"]) change(own);
    vi.advanceTimersByTime(300);
    expect(told.slice(2)).toEqual(["file:///dir"]);
    vi.advanceTimersByTime(600);
    expect(told).toHaveLength(3);
    change("file:///dir");
    change("file:///dir");
    mine.end();
    vi.advanceTimersByTime(300);
    expect(told.slice(3)).toEqual(["file:///dir"]);
  });

  it("of one connection are one at the upstream, until the last of them ends", async () => {
    const { watched, watching } = subscriptionsOf();
    const mine = watching();
    await Promise.all([mine.add("x:1"), mine.add("x:1")]);
    expect(watched).toEqual(["only x:1"]);
    mine.remove("x:1");
    expect(mine.uris).toEqual(["x:1"]);
    mine.remove("x:1");
    mine.remove("x:1");
    await mine.addAll([]);
    expect([watched, mine.uris]).toEqual([[], []]);
  });

  it("end with whoever made them, those that are only being made included", async () => {
    const gate = Promise.withResolvers<void>();
    const { watched, watching, held, told } = subscriptionsOf({ watch: () => gate.promise });
    const mine = watching();
    const adding = mine.addAll(["x:1", "x:2"]);
    mine.end();
    gate.resolve();
    await adding;
    held.updated({ namespace: "only", own: "x:1" });
    expect([watched, mine.uris, told]).toEqual([[], [], []]);
  });

  it("are so many at once, of all callers, and no more", async () => {
    const { watching } = subscriptionsOf();
    const [mine, other] = [watching(), watching()];
    await mine.addAll(["x:1", "x:2"]);
    await other.add("x:1");
    await expect(other.add("x:2")).rejects.toThrow("there are subscriptions = 3 subscriptions already");
    expect(await mine.addAll(["x:1", "x:3"])).toEqual(["x:1"]);
    other.end();
    await Promise.resolve();
    await mine.add("x:3");
    expect(mine.uris).toEqual(["x:1", "x:2", "x:3"]);
  });

  it("of who does not listen rest: no upstream tells of them, until they are told as if they had changed", async () => {
    const { watched, told, watching, held } = subscriptionsOf();
    const mine = watching();
    await mine.addAll(["x:1", "x:2"]);
    mine.rest();
    await Promise.resolve();
    held.updated({ namespace: "only", own: "x:1" });
    expect([watched, told, mine.uris]).toEqual([[], [], ["x:1", "x:2"]]);
    mine.remove("x:2");
    await mine.resume();
    expect([watched, told, mine.uris]).toEqual([["only x:1"], ["x:1"], ["x:1"]]);
  });

  it("of who does not listen make room for others, the oldest first", async () => {
    const { watching } = subscriptionsOf();
    const [gone, other] = [watching(), watching()];
    await gone.addAll(["x:1", "x:2"]);
    gone.rest();
    await other.addAll(["x:3", "x:4"]);
    expect([gone.uris, other.uris]).toEqual([["x:2"], ["x:3", "x:4"]]);
    await gone.resume();
    await expect(other.add("x:5")).rejects.toThrow("there are subscriptions = 3 subscriptions already");
  });

  it("of who does not listen make room at once if there is none but them, and are told to be forgotten", async () => {
    const gate = Promise.withResolvers<void>();
    const { held } = subscriptionsOf({ subscriptions: 2, watch: () => gate.promise });
    const forgotten: string[] = [];
    const mine = new Watching(
      held,
      () => undefined,
      (uri) => forgotten.push(uri),
    );
    // Their places are taken until the upstream has answered.
    const adding = mine.addAll(["x:1", "x:2"]);
    mine.rest();
    expect([mine.uris, forgotten]).toEqual([[], ["x:1", "x:2"]]);
    gate.resolve();
    await adding;
    mine.restAll(["x:3", "x:4", "x:5"]);
    expect([mine.uris, forgotten.slice(2)]).toEqual([["x:4", "x:5"], ["x:3"]]);
  });

  it("of who listens again outlive that their upstream is away, and end with whoever made them", async () => {
    let isAway = false;
    const watch = async () => {
      if (isAway) throw new CodemodeError("upstream", "it is unavailable");
    };
    const { watching, watched, told } = subscriptionsOf({ watch });
    const mine = watching();
    await mine.addAll(["x:1", "x:2"]);
    mine.rest();
    isAway = true;
    await mine.resume();
    expect([watched, told, mine.uris]).toEqual([[], [], ["x:1", "x:2"]]);
    await vi.advanceTimersByTimeAsync(999);
    isAway = false;
    expect(watched).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([watched, told]).toEqual([
      ["only x:1", "only x:2"],
      ["x:1", "x:2"],
    ]);
    mine.rest();
    isAway = true;
    const resuming = mine.resume();
    mine.end();
    await resuming;
    expect(mine.uris).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that turn out to be asked for wrongly are not asked for again", async () => {
    let isThere = true;
    const watch = async () => {
      if (!isThere) throw new CodemodeError("tool_arguments", "there is no such resource");
    };
    const { held } = subscriptionsOf({ watch });
    const forgotten: string[] = [];
    const mine = new Watching(
      held,
      () => undefined,
      (uri) => forgotten.push(uri),
    );
    await mine.add("x:1");
    mine.rest();
    isThere = false;
    await mine.resume();
    expect([mine.uris, forgotten, vi.getTimerCount()]).toEqual([[], ["x:1"], 0]);
  });

  it("that are given up while they are asked for, and asked for once more, are not taken back by the first answer", async () => {
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const [first, second] = answers;
    let asked = 0;
    const { watching, watched } = subscriptionsOf({ watch: async () => answers[asked++]?.promise });
    const mine = watching();
    const refused = mine.add("x:1").catch((error: unknown) => String(error));
    mine.remove("x:1");
    const added = mine.add("x:1");
    first?.reject(new Error("no"));
    expect(await refused).toBe("Error: no");
    second?.resolve();
    await added;
    expect([mine.uris, watched]).toEqual([["x:1"], ["only x:1"]]);
    mine.end();
    expect(watched).toEqual([]);
  });

  it("are looked at as far as there can be some, however many a request asks for", async () => {
    class Counted extends Subscriptions {
      asked = 0;
      override hold(...asked: Parameters<Subscriptions["hold"]>) {
        this.asked += 1;
        return super.hold(...asked);
      }
    }
    const find = async (uri: string) => ({ namespace: "only", own: uri });
    const held = new Counted({
      find,
      watch: async () => () => undefined,
      limits: { subscriptions: 3, uriChars: 40, updateMs: 300, retryMs: 1_000 },
    });
    const uris = Array.from({ length: 1_000 }, (_, id) => `x:${id}`);
    expect(await new Watching(held, () => undefined).addAll(uris)).toEqual(["x:0", "x:1", "x:2"]);
    expect(held.asked).toBe(3);
  });

  it("are for URIs of so many characters, and no more", async () => {
    const { watching } = subscriptionsOf();
    await watching().add("x".repeat(40));
    await expect(watching().add("x".repeat(41))).rejects.toThrow("the URI is longer than uriChars = 40 characters");
  });

  it("that the upstream refuses are none, and take no place", async () => {
    let refuses = true;
    const watch = async () => {
      if (refuses) throw new CodemodeError("tool_arguments", "no");
    };
    const { watching } = subscriptionsOf({ subscriptions: 1, watch });
    const mine = watching();
    await expect(mine.add("x:1")).rejects.toThrow("no");
    expect(mine.has("x:1")).toBe(false);
    refuses = false;
    await mine.add("x:1");
    expect(mine.has("x:1")).toBe(true);
  });
});
