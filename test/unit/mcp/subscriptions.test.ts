import { describe, expect, it } from "vitest";
import { readUri } from "../../../src/core/address.ts";
import { CodemodeError } from "../../../src/core/errors.ts";
import { Subscriptions } from "../../../src/mcp/subscriptions.ts";
import { Watching } from "../../../src/mcp/watching.ts";

/** URIs without a namespace are those of `only`. */
function subscriptionsOf({ subscriptions = 3, uriChars = 40, watch = async () => undefined as void } = {}) {
  const watched: string[] = [];
  const held = new Subscriptions({
    find: async (uri) => readUri(uri) ?? { namespace: "only", own: uri },
    watch: async ({ namespace, own }) => {
      await watch();
      const name = `${namespace} ${own}`;
      watched.push(name);
      return () => void watched.splice(watched.indexOf(name), 1);
    },
    limits: { subscriptions, uriChars },
  });
  const told: string[] = [];
  const watching = () => new Watching(held, (uri, changed) => told.push(uri === changed ? uri : `${uri} ${changed}`));
  return { held, watched, told, watching };
}

describe("subscriptions", () => {
  it("are told of their resource and of what lies below it, in the words in which they were made", async () => {
    const { held, told, watching } = subscriptionsOf();
    const mine = watching();
    for (const uri of ["codemode://a/file:///dir", "file:///dir"]) await mine.add(uri);
    held.updated({ namespace: "a", own: "file:///dir" });
    held.updated({ namespace: "only", own: "file:///dir/x" });
    held.updated({ namespace: "a", own: "file:///dir?q" });
    for (const own of ["file:///directory", "file:///", "other:///dir"]) held.updated({ namespace: "a", own });
    held.updated({ namespace: "b", own: "file:///dir" });
    expect(told).toEqual(["codemode://a/file:///dir", "file:///dir file:///dir/x", "codemode://a/file:///dir codemode://a/file:///dir?q"]);
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
