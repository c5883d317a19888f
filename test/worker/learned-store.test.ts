/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { learnedType } from "../../src/catalog/learned.ts";
import { printType } from "../../src/catalog/print-type.ts";
import { Learning } from "../../src/execute/learning.ts";
import { SqlLearnedStore } from "../../src/workspace/learned-store.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      STORAGE: DurableObjectNamespace;
    }
  }
}

/** Runs with the database of one Durable Object; each call opens it anew, as a restart does. */
const inDatabase = <Result>(name: string, use: (sql: SqlStorage) => Result): Promise<Result> =>
  runInDurableObject(env.STORAGE.getByName(name), (_instance, state) => use(state.storage.sql));

const tool = (name: string) => ({ name, inputSchema: { type: "object" } });
const limits = { learnedTools: 2 };

it("what was learned is known after a restart", async () => {
  await inDatabase("restart", (sql) => {
    const learning = new Learning(new SqlLearnedStore(sql), limits);
    for (const id of [1, 2, 3]) learning.learn("a", tool("get"), { id, note: "s3cr3t" });
  });
  await inDatabase("restart", (sql) => {
    const type = new Learning(new SqlLearnedStore(sql), limits).settled()("a", tool("get"));
    expect(type && printType(type, { remark: () => "", indent: "" })).toBe("{ id: number; note: string }");
    const rows = sql.exec("SELECT * FROM learned").toArray();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("s3cr3t");
  });
});

it("rows come back as they were, longest unchanged first, and can be deleted", async () => {
  await inDatabase("rows", (sql) => {
    const store = new SqlLearnedStore(sql);
    const row = (name: string) => ({ upstream: "a'b", tool: name, definition: "0", shape: { scalars: ["string" as const] }, results: 1 });
    for (const name of ["one", "two", "one"]) store.save(row(name));
    expect(store.all()).toEqual([row("two"), row("one")]);
    expect(store.all().map(({ shape }) => printType(learnedType(shape, 9), { remark: () => "", indent: "" }))).toEqual([
      "string",
      "string",
    ]);
    store.delete("a'b", "two");
    expect(store.all()).toEqual([row("one")]);
    store.clear();
    expect(store.all()).toEqual([]);
  });
});
