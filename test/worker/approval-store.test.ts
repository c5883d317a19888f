/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { SqlApprovalStore } from "../../src/workspace/approval-store.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      STORAGE: DurableObjectNamespace;
    }
  }
}

/** Runs with the approvals of one Durable Object; each call opens them anew, as a restart does. */
const withStore = <Result>(name: string, use: (store: SqlApprovalStore) => Result): Promise<Result> =>
  runInDurableObject(env.STORAGE.getByName(name), (_instance, state) => use(new SqlApprovalStore(state.storage.sql, 2)));

it("what was allowed for always is known after a restart, for that definition and that caller alone", async () => {
  await withStore("approvals", (store) => store.save("a", "get", "one", 7));
  await withStore("approvals", (store) => {
    expect(store.find("a", "get", "one")).toBe(7);
    expect(store.find("a", "get", "two")).toBeUndefined();
    expect(store.find("b", "get", "one")).toBeUndefined();
    store.save("a", "get", "two", 8);
    expect([store.find("a", "get", "one"), store.find("a", "get", "two")]).toEqual([undefined, 8]);
  });
  await withStore("somebody else", (store) => expect(store.find("a", "get", "two")).toBeUndefined());
});

it("approvedTools of them are kept, and of more the latest", async () => {
  await withStore("full", (store) => {
    for (const [at, tool] of ["first", "second"].entries()) store.save("a", tool, "d", at);
    expect(["first", "second"].map((tool) => store.find("a", tool, "d"))).toEqual([0, 1]);
    store.save("a", "third", "d", 2);
    expect(["first", "second", "third"].map((tool) => store.find("a", tool, "d"))).toEqual([undefined, 1, 2]);
  });
});
