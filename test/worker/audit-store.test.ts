/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { AuditRecord } from "../../src/core/audit.ts";
import { SqlAuditStore } from "../../src/workspace/audit-store.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      STORAGE: DurableObjectNamespace;
    }
  }
}

const recordOf = (at: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  id: `r${at}`,
  at,
  caller: "owner",
  tool: "execute_code",
  outcome: "returned",
  durationMs: 1,
  calls: [],
  ...more,
});

/** Runs with the audit of one Durable Object; each call opens it anew, as a restart does. */
const withStore = <Result>(name: string, use: (store: SqlAuditStore) => Result): Promise<Result> =>
  runInDurableObject(env.STORAGE.getByName(name), (_instance, state) =>
    use(new SqlAuditStore(state.storage.sql, { auditRows: 3, auditMs: 1_000 })),
  );

it("records are numbered and read in order, after a restart as well", async () => {
  await withStore("audit", (store) => [1, 2].forEach((at) => store.add(recordOf(at), at)));
  await withStore("audit", (store) => {
    store.add(recordOf(3), 3);
    const numbered = [1, 2, 3].map((seq) => ({ seq, record: recordOf(seq) }));
    expect(store.read(10)).toEqual(numbered);
    expect(store.read(2)).toEqual(numbered.slice(1));
    expect(store.read(10, 1)).toEqual(numbered.slice(1));
    expect(store.read(1, 1)).toEqual(numbered.slice(1, 2));
    expect(store.read(10, 3)).toEqual([]);
  });
});

it("records that may wait are read at once, in their order, and written together", async () => {
  await withStore("waiting", (store) => {
    store.add(recordOf(1), 1, 60_000);
    store.add(recordOf(2), 2, 60_000);
    expect(store.read(10).map(({ seq, record }) => [seq, record.at])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(store.read(10)).toHaveLength(2);
  });
  await withStore("waiting", (store) => expect(store.read(10)).toHaveLength(2));
});

it("auditRows are kept, and a number is never given twice", async () => {
  await withStore("rows", (store) => {
    for (const at of [1, 2, 3]) store.add(recordOf(at), at);
    expect(store.read(10).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    store.add(recordOf(4), 4);
    expect(store.read(10).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
});

it("they are kept for auditMs", async () => {
  await withStore("age", (store) => {
    store.add(recordOf(1_000), 1_000);
    store.add(recordOf(2_000), 2_000);
    expect(store.read(10)).toHaveLength(2);
    store.add(recordOf(2_001), 2_001);
    expect(store.read(10).map(({ record }) => record.at)).toEqual([2_000, 2_001]);
  });
});

it("an answer is not too large for a message", async () => {
  await withStore("large", (store) => {
    for (const at of [1, 2, 3]) store.add(recordOf(at, { program: { sha256: "0", chars: 1, text: "x".repeat(1_500_000) } }), at);
    expect(store.read(10, 0).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(store.read(10, 2).map(({ seq }) => seq)).toEqual([3]);
  });
});
