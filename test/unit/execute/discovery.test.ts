import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import type { Tool, UpstreamListing } from "../../../src/core/tool.ts";
import { discover } from "../../../src/execute/discovery.ts";
import { LiveCatalog } from "../../../src/execute/live-catalog.ts";

const tool = (name: string): Tool => ({ name, inputSchema: { type: "object" } });
const peer: UpstreamListing = { key: "peer", status: "ready", instructions: "Be kind.", tools: [tool("echo")], skipped: [] };
const away: UpstreamListing = { key: "away", status: "unavailable", why: "connection refused", tools: [], skipped: [] };

/** A catalog that becomes another one when an upstream is read again. */
function living(before: readonly UpstreamListing[], after: readonly UpstreamListing[] = before): { live: LiveCatalog; rereads: string[] } {
  const rereads: string[] = [];
  let catalog: Catalog = buildCatalog(before);
  const rereadUpstream = async (key: string) => {
    rereads.push(key);
    catalog = buildCatalog(after);
  };
  return { live: new LiveCatalog({ catalog: () => catalog, rereadUpstream }), rereads };
}

describe("namespaces", () => {
  it("tells of each its status, its tools and what its server says of itself", async () => {
    expect(await discover({ op: "namespaces" }, living([peer, away]).live)).toEqual([
      { name: "away", status: "unavailable", why: "connection refused", tools: 0 },
      { name: "peer", status: "ready", tools: 1, instructions: "Be kind." },
    ]);
  });
});

describe("describe", () => {
  it("looks once more at an upstream for a tool that it did not have", async () => {
    const { live, rereads } = living([peer], [{ ...peer, tools: [tool("echo"), tool("fresh")] }]);
    expect(await discover({ op: "describe", name: "peer.fresh" }, live)).toContain("fresh(");
    await expect(discover({ op: "describe", name: "peer.other" }, live)).rejects.toMatchObject({ code: "tool_unknown" });
    expect(rereads).toEqual(["peer"]);
  });

  it("tries an upstream that was away", async () => {
    const { live, rereads } = living([away], [{ ...peer, key: "away" }]);
    expect(await discover({ op: "describe", name: "away" }, live)).toContain("echo(");
    expect(rereads).toEqual(["away"]);
    const still = living([away]);
    await expect(discover({ op: "describe", name: "away" }, still.live)).rejects.toMatchObject({ code: "upstream" });
    expect(still.rereads).toEqual(["away"]);
  });
});

describe("what is not asked for as it should be", () => {
  it.each([
    [{ op: "search", query: undefined, options: undefined }, /^codemode\.search\(query, .*\): query is a text such as "create issue"$/],
    [{ op: "search", query: ["a"], options: {} }, /query is a text/],
    [{ op: "search", query: "a", options: "peer" }, /the second argument is an object such as \{ namespace: "server" \}$/],
    [{ op: "search", query: "a", options: [] }, /the second argument is an object/],
    [{ op: "search", query: "a", options: { namespace: 1 } }, /namespace is a text$/],
    [{ op: "search", query: "a", options: { limit: 0 } }, /limit is a whole number from 1 to 100$/],
    [{ op: "search", query: "a", options: { limit: 101 } }, /limit is a whole number from 1 to 100$/],
    [{ op: "search", query: "a", options: { limit: 1.5 } }, /limit is a whole number/],
    [{ op: "search", query: "a", options: { limit: null } }, /limit is a whole number/],
    [{ op: "search", query: "a", options: { server: "peer" } }, /there is no option "server"$/],
    [{ op: "describe", name: undefined }, /^codemode\.describe\(name\): name is a text: "server" or "server\.tool"$/],
  ] as const)("%j", async (request, message) => {
    await expect(discover(request, living([peer]).live)).rejects.toMatchObject({
      code: "tool_arguments",
      message: expect.stringMatching(message),
    });
  });

  it("a namespace that does not exist", async () => {
    await expect(discover({ op: "search", query: "a", options: { namespace: "pear" } }, living([peer]).live)).rejects.toMatchObject({
      code: "tool_unknown",
      message: 'There is no namespace "pear". Did you mean peer? There are: peer.',
    });
  });

  it("options that say nothing are none", async () => {
    for (const options of [undefined, null, {}, { limit: 1 }, { limit: 100, namespace: "peer" }]) {
      expect(await discover({ op: "search", query: "echo", options }, living([peer]).live)).toHaveLength(1);
    }
  });
});
