import { ListToolsResultSchema } from "@modelcontextprotocol/sdk/types.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exposedTool } from "../../../src/mcp/exposed-tool.ts";
import { parseToolList } from "../../../src/upstream/tool-list.ts";
import { hostileSchema, hostileText } from "../catalog/hostile.ts";

/** What a caller sees of a definition that an upstream has sent. */
function exposed(definition: unknown): unknown {
  const [tool] = parseToolList([definition]).tools;
  return tool && exposedTool(tool.name, { namespace: "a", identifier: "t", upstream: "a", tool });
}

describe("the definition of a tool that is passed through", () => {
  it("is the upstream's, whole", () => {
    const definition = {
      name: "t",
      title: "Title",
      description: "Text\nof two lines",
      inputSchema: {
        type: "object",
        $schema: "https://json-schema.org/draft/2020-12/schema",
        properties: { a: { type: "string" } },
        required: ["a"],
        x: 1,
      },
      outputSchema: { type: "array", items: {} },
      annotations: { title: "Hint", readOnlyHint: true, openWorldHint: false },
      icons: [{ src: "https://example.com/i.png", mimeType: "image/png", sizes: ["48x48"] }],
      _meta: { "example.com/key": { deep: [1] }, "anthropic/maxResultSizeChars": 1000 },
    };
    expect(exposed(definition)).toEqual(definition);
  });

  it.each([
    ["a schema without a type", { inputSchema: { properties: {} } }, { inputSchema: { type: "object", properties: {} } }],
    ["no schema", {}, { inputSchema: { type: "object" } }],
    ["a boolean schema", { inputSchema: true }, { inputSchema: { type: "object" } }],
    [
      "boolean properties",
      { inputSchema: { type: "object", properties: { a: true, b: false } } },
      { inputSchema: { type: "object", properties: { a: {}, b: { not: {} } } } },
    ],
    [
      "a property that is no schema",
      { inputSchema: { type: "object", properties: { a: "object", b: [1], c: null } } },
      { inputSchema: { type: "object", properties: { a: {}, b: {}, c: {} } } },
    ],
    ["properties that are none", { inputSchema: { type: "object", properties: [1] } }, { inputSchema: { type: "object" } }],
    ["required as in draft 3", { inputSchema: { type: "object", required: true } }, { inputSchema: { type: "object" } }],
    ["icons that are none", { icons: [1] }, { inputSchema: { type: "object" } }],
    ["reserved metadata", { _meta: { "io.modelcontextprotocol/x": 1, own: 2 } }, { inputSchema: { type: "object" }, _meta: { own: 2 } }],
  ])("with %s is mended", (_what, given, expected) => {
    expect(exposed({ name: "t", ...given })).toEqual({ name: "t", ...expected });
  });

  it("never costs a client of 2025 its list, whatever the upstream sent", () => {
    const schema = fc.oneof(hostileSchema(), fc.boolean());
    const any = fc.oneof(fc.jsonValue(), hostileText());
    const definition = fc.record(
      {
        name: hostileText(),
        inputSchema: schema,
        outputSchema: fc.oneof(schema, any),
        title: any,
        description: any,
        annotations: any,
        icons: any,
        _meta: any,
      },
      { requiredKeys: ["name"] },
    );
    fc.assert(
      fc.property(definition, (each) => {
        const tool = exposed(each);
        if (tool === undefined) return;
        const { success } = ListToolsResultSchema.safeParse({ tools: [{ ...tool, outputSchema: undefined }] });
        expect(success).toBe(true);
      }),
    );
  });
});
