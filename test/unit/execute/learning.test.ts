import { describe, expect, it } from "vitest";
import { printType } from "../../../src/catalog/print-type.ts";
import type { Type } from "../../../src/catalog/type-tree.ts";
import type { Tool } from "../../../src/core/tool.ts";
import { Learning } from "../../../src/execute/learning.ts";
import type { LearnedStore, LearnedTool } from "../../../src/execute/learning.ts";

/** Rows that outlive a Learning, as a database's do. */
function rows(): LearnedStore & { readonly kept: Map<string, LearnedTool>; writes: number } {
  const kept = new Map<string, LearnedTool>();
  return {
    kept,
    writes: 0,
    all: () => JSON.parse(JSON.stringify([...kept.values()])) as LearnedTool[],
    save(learned) {
      this.writes += 1;
      const key = `${learned.upstream}.${learned.tool}`;
      kept.delete(key);
      kept.set(key, learned);
    },
    delete: (upstream, tool) => void kept.delete(`${upstream}.${tool}`),
  };
}

const limits = { learnedTools: 2 };
const tool = (name: string, more: Partial<Tool> = {}): Tool => ({ name, inputSchema: { type: "object" }, ...more });
const text = (type: Type | undefined): string | undefined =>
  type === undefined ? undefined : printType(type, { remark: () => "", indent: "" });

describe("Learning", () => {
  it("knows at once what a tool gave, and no other tool's", () => {
    const learning = new Learning(rows(), limits);
    learning.learn("a", tool("get"), { id: 1 });
    expect(text(learning.typeOf("a", tool("get")))).toBe("{ id: number }");
    learning.learn("a", tool("get"), { id: "x" });
    expect(text(learning.typeOf("a", tool("get")))).toBe("{ id: number | string }");
    expect(learning.typeOf("b", tool("get"))).toBeUndefined();
    expect(learning.typeOf("a", tool("put"))).toBeUndefined();
  });

  it("an outputSchema always wins", () => {
    const learning = new Learning(rows(), limits);
    const promised = tool("get", { outputSchema: { type: "object" } });
    learning.learn("a", promised, { id: 1 });
    learning.learn("a", tool("get"), { id: 1 });
    expect(learning.typeOf("a", promised)).toBeUndefined();
    expect(learning.settled()("a", promised)).toBeUndefined();
  });

  it("forgets a tool whose definition has changed", () => {
    const learning = new Learning(rows(), limits);
    learning.learn("a", tool("get"), { id: 1 });
    for (const changed of [
      tool("get", { description: "Another." }),
      tool("get", { inputSchema: { type: "object", properties: { x: {} } } }),
    ]) {
      expect(learning.typeOf("a", changed)).toBeUndefined();
    }
    learning.learn("a", tool("get", { description: "Another." }), { name: "x" });
    expect(text(learning.typeOf("a", tool("get", { description: "Another." })))).toBe("{ name: string }");
    expect(learning.typeOf("a", tool("get"))).toBeUndefined();
    expect(text(learning.typeOf("a", tool("get", { description: "Another.", title: "Get" })))).toBe("{ name: string }");
  });

  const settledOf = (learning: Learning) => text(learning.settled()("a", tool("get")));

  it("tells the description what three results agree with, after a restart", () => {
    const store = rows();
    const learning = new Learning(store, limits);
    for (const value of [{ id: 1 }, { id: 2 }]) learning.learn("a", tool("get"), value);
    expect(settledOf(new Learning(store, limits))).toBeUndefined();
    learning.learn("a", tool("get"), { id: 3 });
    expect(settledOf(learning)).toBeUndefined();
    const next = new Learning(store, limits);
    expect(settledOf(next)).toBe("{ id: number }");
    next.learn("a", tool("get"), { id: 4, more: true });
    expect(settledOf(next)).toBe("{ id: number }");
    expect(text(next.typeOf("a", tool("get")))).toBe("{ id: number; more?: boolean }");
  });

  it("tells the description more when nobody has asked for it for an hour", () => {
    const hour = 3_600_000;
    const learning = new Learning(rows(), limits);
    for (const value of [{ id: 1 }, { id: 2 }, { id: 3 }]) learning.learn("a", tool("get"), value);
    expect(learning.asked(0)).toBe(true);
    expect(settledOf(learning)).toBe("{ id: number }");
    learning.learn("a", tool("get"), { id: 4, more: true });
    expect(learning.asked(hour - 1)).toBe(false);
    expect(settledOf(learning)).toBe("{ id: number }");
    const before = learning.settled();
    expect(learning.asked(2 * hour - 1)).toBe(true);
    expect(settledOf(learning)).toBe("{ id: number; more?: boolean }");
    expect(learning.settled()).not.toBe(before);
    expect(learning.asked(4 * hour)).toBe(false);
  });

  it("keeps out of the description what may be what others wrote", () => {
    const store = rows();
    const learning = new Learning(store, limits);
    for (const value of ["a text", { anything: 1 }, "a text"]) learning.learn("a", tool("get"), value);
    expect(text(learning.typeOf("a", tool("get")))).toBe("string | { anything: number }");
    expect(settledOf(new Learning(store, limits))).toBeUndefined();
  });

  it("says less in the description than to a program that asks", () => {
    const store = rows();
    const wide = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`m${index}`, { inner: index, other: "x" }]));
    for (let times = 0; times < 3; times += 1) new Learning(store, limits).learn("a", tool("get"), { wide, id: 1 });
    const learning = new Learning(store, limits);
    expect(settledOf(learning)).toBe("{ id: number; wide: { [key: string]: { inner: number; other: string } } }");
  });

  it("writes only what is new", () => {
    const store = rows();
    const learning = new Learning(store, limits);
    for (let times = 0; times < 100; times += 1) learning.learn("a", tool("get"), { id: times });
    expect(store.writes).toBe(3);
    learning.learn("a", tool("get"), { id: null });
    expect(store.writes).toBe(4);
  });

  it("learnedTools holds for each upstream: a further tool takes the place of the one longest unchanged", () => {
    const store = rows();
    const learning = new Learning(store, limits);
    learning.learn("a", tool("one"), 1);
    learning.learn("a", tool("two"), 2);
    learning.learn("b", tool("one"), 1);
    expect([...store.kept.keys()]).toEqual(["a.one", "a.two", "b.one"]);
    learning.learn("a", tool("one"), "changed");
    learning.learn("a", tool("three"), 3);
    expect([...store.kept.keys()]).toEqual(["b.one", "a.one", "a.three"]);
    expect(learning.typeOf("a", tool("two"))).toBeUndefined();
    expect(text(new Learning(store, limits).typeOf("a", tool("one")))).toBe("number | string");
  });

  it("says nothing of what it cannot tell", () => {
    const learning = new Learning(rows(), limits);
    learning.learn(
      "a",
      tool("large"),
      Array.from({ length: 101 }, () => Array.from({ length: 200 }, () => [[1]])),
    );
    expect(learning.typeOf("a", tool("large"))).toBeUndefined();
  });
});
