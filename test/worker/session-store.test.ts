/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { SqlSessionStore } from "../../src/workspace/session-store.ts";

/** Runs with the sessions of one Durable Object; each call opens them anew, as a restart does. */
const withStore = <Result>(name: string, use: (store: SqlSessionStore) => Result, profile = ""): Promise<Result> =>
  runInDurableObject(env.STORAGE.getByName(name), (_instance, state) =>
    use(new SqlSessionStore(state.storage.sql, profile, { sessionRows: 2 })),
  );

it("sessions are kept with what they have asked to be told, each level in place of the one before", async () => {
  await withStore("wishes", (store) => {
    store.save("a", "{}");
    store.keepWish("a", { level: "debug" });
    store.keepWish("a", { level: "error" });
    for (const uri of ["x:1", "x:2", "x:1"]) store.keepWish("a", { uri });
    store.dropWish("a", { uri: "x:2" });
  });
  await withStore("wishes", (store) => {
    expect(store.load("a")).toEqual({ initialize: "{}", wishes: [{ level: "error" }, { uri: "x:1" }] });
    store.delete("a");
    store.save("a", "{}");
    expect(store.load("a")).toEqual({ initialize: "{}", wishes: [] });
  });
});

it("are of one profile, whatever a client calls its session", async () => {
  await withStore("profiles", (store) => store.save("a", "{}"), "small");
  await withStore("profiles", (store) => expect([store.load("a"), store.load("small/a")]).toEqual([undefined, undefined]));
  await withStore("profiles", (store) => expect(store.load("a")).toBeDefined(), "small");
});

it("are sessionRows of each profile; of one more, the one longest unused goes with all that it has asked for", async () => {
  const used = async (name: string, use: (store: SqlSessionStore) => void) => {
    // The clock of a Worker goes on with what it waits for.
    const before = Date.now();
    while (Date.now() === before) await scheduler.wait(1);
    await withStore(name, use);
  };
  await withStore("rows", (store) => store.save("other", "{}"), "small");
  await used("rows", (store) => {
    store.save("a", "{}");
    store.keepWish("a", { uri: "x:1" });
  });
  await used("rows", (store) => store.save("b", "{}"));
  await used("rows", (store) => expect(store.load("a")).toBeDefined());
  await used("rows", (store) => store.save("c", "{}"));
  await withStore("rows", (store) => {
    expect(["a", "b", "c"].filter((id) => store.load(id) !== undefined)).toEqual(["a", "c"]);
  });
  await used("rows", (store) => void store.load("c"));
  await used("rows", (store) => store.save("d", "{}"));
  await withStore("rows", (store) => {
    store.save("a", "{}");
    expect(store.load("a")).toEqual({ initialize: "{}", wishes: [] });
  });
  await withStore("rows", (store) => expect(store.load("other")).toBeDefined(), "small");
});

it("of a client that says very much of itself are not kept", async () => {
  await withStore("large", (store) => {
    store.save("a", "x".repeat(100_000));
    store.save("b", "x".repeat(100_001));
    expect([store.load("a") !== undefined, store.load("b")]).toEqual([true, undefined]);
  });
});
