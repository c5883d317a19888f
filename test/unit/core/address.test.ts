import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressBlock, addressName, addressUri, readName, readUri } from "../../../src/core/address.ts";

describe("a namespaced URI", () => {
  it.each([
    ["github", "repo://owner/name?ref=main#L1", "codemode://github/repo://owner/name?ref=main#L1"],
    ["files", "file:///a/{path}", "codemode://files/file:///a/{path}"],
    ["$größe", "x:y", "codemode://%24gr%C3%B6%C3%9Fe/x:y"],
    ["outer", "codemode://inner/x:y", "codemode://outer/codemode://inner/x:y"],
  ])("of %s is readable and can be undone: %s", (namespace, own, uri) => {
    expect(addressUri({ namespace, own })).toBe(uri);
    expect(readUri(uri)).toEqual({ namespace, own });
  });

  it("can be undone, whatever the upstream calls its resource", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" }), (namespace, own) => {
        expect(readUri(addressUri({ namespace, own }))).toEqual({ namespace, own });
      }),
    );
  });

  it.each(["", "note://x", "codemode://", "codemode://alone", "codemode://%/x", "CODEMODE://a/b"])("is not %j", (uri) => {
    expect(readUri(uri)).toBeUndefined();
  });
});

describe("a namespaced name", () => {
  it("is undone at the first dot, for a namespace has none", () => {
    expect(readName(addressName({ namespace: "a", own: "b.c d" }))).toEqual({ namespace: "a", own: "b.c d" });
  });

  it.each(["", "plain", ".x"])("is not %j", (name) => {
    expect(readName(name)).toBeUndefined();
  });
});

describe("links in blocks", () => {
  it.each<[string, unknown, unknown]>([
    ["a link", { type: "resource_link", uri: "a:b", name: "n" }, { type: "resource_link", uri: "codemode://ns/a:b", name: "n" }],
    [
      "an embedded resource",
      { type: "resource", resource: { uri: "a:b", text: "t" } },
      { type: "resource", resource: { uri: "codemode://ns/a:b", text: "t" } },
    ],
    ["a web page, which the client opens itself", { type: "resource_link", uri: "HTTPS://x" }, { type: "resource_link", uri: "HTTPS://x" }],
    ["data", { type: "resource_link", uri: "data:,x" }, { type: "resource_link", uri: "data:,x" }],
    ["a link that is none", { type: "resource_link", uri: 1 }, { type: "resource_link", uri: 1 }],
    ["a text", { type: "text", text: "a:b", uri: "a:b" }, { type: "text", text: "a:b", uri: "a:b" }],
    ["no block", null, null],
  ])("%s", (_what, block, expected) => {
    expect(addressBlock(block, "ns")).toEqual(expected);
  });
});
