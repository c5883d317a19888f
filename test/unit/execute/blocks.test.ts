import fc from "fast-check";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { BlockCollector } from "../../../src/execute/blocks.ts";

function emitted(head: unknown, body: unknown = "", limits: Partial<typeof DEFAULT_LIMITS> = {}) {
  const collector = new BlockCollector({ ...DEFAULT_LIMITS, ...limits });
  collector.emit(typeof head === "string" ? head : JSON.stringify(head), body);
  return collector.emitted(0);
}
const refused = { blocks: [], dropped: 1 };
const image = { type: "image", data: true, mimeType: "image/png" };

describe("what a sandbox says that a block is", () => {
  it.each([
    ["a text", { type: "text", text: true }, "a", { type: "text", text: "a" }],
    ["an image", image, "aGk=", { ...image, data: "aGk=" }],
    ["audio", { ...image, type: "audio" }, "aGk=", { ...image, type: "audio", data: "aGk=" }],
    ["a link", { type: "resource_link", uri: "a:b", name: "n" }, "", { type: "resource_link", uri: "a:b", name: "n" }],
    [
      "a text resource",
      { type: "resource", resource: { uri: "a:b", text: true } },
      "t",
      { type: "resource", resource: { uri: "a:b", text: "t" } },
    ],
    [
      "a blob",
      { type: "resource", resource: { uri: "a:b", blob: true } },
      "aGk=",
      { type: "resource", resource: { uri: "a:b", blob: "aGk=" } },
    ],
    [
      "half characters are replaced",
      { type: "text", text: true, _meta: { k: "\ud800" } },
      "\udc00",
      { type: "text", text: "\ufffd", _meta: { k: "\ufffd" } },
    ],
    ["members that nobody knows are dropped", { ...image, caption: "x", isError: true }, "aGk=", { ...image, data: "aGk=" }],
    [
      "a reserved key of _meta is dropped",
      { ...image, _meta: { "io.modelcontextprotocol/related-task": {}, "a/b": 1 } },
      "aGk=",
      { ...image, data: "aGk=", _meta: { "a/b": 1 } },
    ],
    ["wrong optional members are dropped", { ...image, annotations: "x", _meta: [] }, "aGk=", { ...image, data: "aGk=" }],
    [
      "wrong icons are dropped",
      { type: "resource_link", uri: "a:b", name: "n", icons: [{ src: 1 }], size: "3" },
      "",
      { type: "resource_link", uri: "a:b", name: "n" },
    ],
  ])("%s", (_what, head, body, expected) => {
    expect(emitted(head, body)).toEqual({ blocks: [expected], dropped: 0 });
  });

  it.each([
    ["no text at all", 5, 5],
    ["a body that is none", image, null],
    ["a head that is no JSON", "{", "x"],
    ["a head that is no object", "[]", "x"],
    ["an unknown type", { type: "tool_use", text: true }, "x"],
    ["data that is no base64", image, "not base64!"],
    ["a blob that is no base64", { type: "resource", resource: { uri: "a:b", blob: true } }, "%"],
    ["an image without a mimeType", { type: "image", data: true }, "aGk="],
    ["data that is in the head", { ...image, data: "aGk=" }, "aGk="],
    ["a link without a name", { type: "resource_link", uri: "a:b" }, ""],
    ["a resource that is null", { type: "resource", resource: null }, ""],
    ["a resource without contents", { type: "resource", resource: { uri: "a:b" } }, ""],
  ])("%s is no block", (_what, head, body) => {
    expect(emitted(head, body)).toEqual(refused);
  });

  it("whatever it is, clients accept the result", () => {
    const key = fc.constantFrom(
      "type",
      "text",
      "data",
      "mimeType",
      "uri",
      "name",
      "resource",
      "blob",
      "annotations",
      "_meta",
      "icons",
      "size",
      "audience",
      "priority",
      "lastModified",
      "__proto__",
    );
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          true,
          "text",
          "image",
          "audio",
          "resource_link",
          "resource",
          "a:b",
          "image/png",
          "user",
          0.5,
          7,
          null,
          "2026-01-01T00:00:00Z",
        ),
        fc.dictionary(key, tie("node")),
        fc.array(tie("node"), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(node, fc.constantFrom("", "aGk=", "%", "\ud800"), (head, body) => {
        const { blocks } = emitted(JSON.stringify(head), body);
        expect(CallToolResultSchema.safeParse({ content: blocks }).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the host's own count", () => {
  it("takes a head of 16384 characters, and none that is longer", () => {
    const head = (chars: number) => {
      const bare = JSON.stringify({ ...image, _meta: { k: "" } }).length;
      return { ...image, _meta: { k: "x".repeat(chars - bare) } };
    };
    expect(emitted(head(16_384), "aGk=").dropped).toBe(0);
    expect(emitted(head(16_385), "aGk=")).toEqual(refused);
  });

  it("blockBytes counts bytes, not characters, of blocks that were returned and emitted", () => {
    const head = JSON.stringify({ type: "text", text: true });
    const limits = { ...DEFAULT_LIMITS, blockBytes: 2 * head.length + 4 };
    const collector = new BlockCollector(limits);
    collector.emit(head, "éa");
    expect(collector.returned([{ head, body: "é" }])).toEqual({ blocks: [], refused: 1 });
    expect(collector.returned([{ head, body: "e" }])).toMatchObject({ refused: 0 });
    expect(collector.emitted(3)).toEqual({ blocks: [{ type: "text", text: "éa" }], dropped: 3 });
  });

  it("a sandbox that ignores resultChars gives twice that at the most", () => {
    const head = JSON.stringify({ type: "text", text: true });
    const collector = new BlockCollector({ ...DEFAULT_LIMITS, resultChars: 10 });
    for (let n = 0; n < 100; n += 1) collector.emit(head, "xxxxx");
    expect(collector.emitted(0)).toMatchObject({ blocks: { length: 4 }, dropped: 96 });
  });
});
