import { describe, expect, it } from "vitest";
import type { ListedItem } from "../../../src/core/features.ts";
import { Resources } from "../../../src/execute/resources.ts";

function resourcesOf(listed: Readonly<Record<string, { readonly uris?: readonly string[]; readonly templates?: readonly string[] }>>) {
  return new Resources({
    namespaces: new Set(Object.keys(listed)),
    list: async (kind) =>
      Object.entries(listed).map(([namespace, { uris = [], templates = [] }]) => {
        const items: ListedItem[] = kind === "resources" ? uris.map((uri) => ({ uri })) : templates.map((uriTemplate) => ({ uriTemplate }));
        return { namespace, items };
      }),
    request: () => Promise.reject(new Error("nothing is read")),
  });
}

describe("an upstream's own URI", () => {
  it.each<[string, string, string]>([
    ["note://{id}", "note://1", "by a template"],
    ["note://{id}", "note://{id}", "as the template itself"],
    ["note://{a}/x/{b}.txt", "note://1/x/2.txt", "by a template with several parts"],
    ["{+any}", "whatever", "by a template that is nothing but a variable"],
  ])("%s finds %s, %s", async (template, uri) => {
    const resources = resourcesOf({ other: { uris: ["other:x"] }, mine: { templates: [template] } });
    expect(await resources.find(uri)).toEqual({ namespace: "mine", own: uri });
  });

  it.each([
    ["note://{id}", "note:/1"],
    ["note://{a}/x/{b}.txt", "note://1/y/2.txt"],
    ["note://{a}x{b}x", "note://x"],
    ["{".repeat(50_000), "x"],
    ["{a}".repeat(30_000) + "!", "a".repeat(1_000)],
  ])("does not fit where a part is missing", async (template, uri) => {
    const resources = resourcesOf({ other: { uris: ["other:x"] }, mine: { templates: [template] } });
    await expect(resources.find(uri)).rejects.toThrow("there is no resource");
  });

  it("is the only one's that has resources", async () => {
    expect(await resourcesOf({ none: {}, mine: { uris: ["a:b"] } }).find("c:d")).toEqual({ namespace: "mine", own: "c:d" });
  });

  it("of several has to be told", async () => {
    await expect(resourcesOf({ one: { uris: ["a:b"] }, two: { templates: ["a:{x}"] } }).find("a:b")).rejects.toMatchObject({
      code: "tool_arguments",
      remedy: "Say which: codemode://one/a:b or codemode://two/a:b.",
    });
  });
});
