import { describe, expect, it } from "vitest";
import { parseFeatureList } from "../../../src/upstream/feature-list.ts";

describe("a list is parsed item by item", () => {
  it.each<[string, unknown]>([
    ["a text", "x"],
    ["null", null],
    ["an array", [{ uri: "a:b", name: "n" }]],
    ["an item without a URI", { name: "n" }],
    ["an item with an empty URI", { uri: "", name: "n" }],
    ["an item with a number for a URI", { uri: 1, name: "n" }],
    ["an item whose URI is inherited", Object.create({ uri: "a:b" })],
  ])("%s costs only itself", (_what, bad) => {
    expect(parseFeatureList("resources", [bad, { uri: "a:b", name: "good" }])).toEqual([{ uri: "a:b", name: "good" }]);
  });

  it.each<[string, object]>([
    ["title", { title: 1 }],
    ["size", { size: "large" }],
    ["annotations", { annotations: { priority: 7 } }],
    ["icons", { icons: "x" }],
    ["what MCP does not know", { secret: "x" }],
    ["_meta of the hop", { _meta: { "io.modelcontextprotocol/x": 1 } }],
  ])("a bad member costs only itself: %s", (_what, bad) => {
    const [item] = parseFeatureList("resources", [{ uri: "a:b", name: "n", description: "d", ...bad }]);
    expect({ ...item, _meta: undefined }).toEqual({ uri: "a:b", name: "n", description: "d", _meta: undefined });
    expect(item?.["_meta"] ?? {}).toEqual({});
  });

  it("an item without a name is called by its URI", () => {
    expect(parseFeatureList("templates", [{ uriTemplate: "a:{b}" }])).toEqual([{ uriTemplate: "a:{b}", name: "a:{b}" }]);
  });

  it("prompts keep their arguments, or lose them all if one is broken", () => {
    const args = [{ name: "a", description: "d", required: true }];
    expect(parseFeatureList("prompts", [{ name: "p", arguments: args }])).toEqual([{ name: "p", arguments: args }]);
    expect(parseFeatureList("prompts", [{ name: "p", arguments: [...args, {}] }])).toEqual([{ name: "p" }]);
  });
});
