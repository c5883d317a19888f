import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { programTool } from "../../../src/catalog/program-tool.ts";
import type { Tool } from "../../../src/core/tool.ts";
import { describeTool } from "../../../src/mcp/description.ts";
import { LISTINGS } from "./fixtures.ts";

const takes = (name: string, property = "code", type: unknown = "string", required: unknown = [property]): Tool => ({
  name,
  inputSchema: { type: "object", properties: { [property]: { type } }, required },
});
const other: Tool = { name: "search", inputSchema: { type: "object" } };

function found(tools: readonly Tool[], codeMode?: true): string | undefined {
  const listing = { key: "portal", status: "ready" as const, tools, skipped: [], ...(codeMode !== undefined && { codeMode }) };
  const namespace = buildCatalog([listing]).namespace("portal");
  return namespace && programTool(namespace)?.identifier;
}

describe("a server that takes programs itself", () => {
  it.each([
    ["one tool", [takes("execute")]],
    ["another name", [takes("run_code", "script")]],
    ["another spelling", [takes("codemode", "Program")]],
    ["one that searches beside it", [other, takes("execute")]],
  ])("is recognised: %s", (_what, tools) => {
    expect(found(tools)).toBe(tools.at(-1)?.name);
  });

  it.each([
    ["no code", [takes("execute", "query")]],
    ["code that is optional", [takes("execute", "code", "string", [])]],
    ["code that is a number", [takes("run", "code", "integer")]],
    ["a verb that does not run it", [takes("review_code"), takes("put_script", "script")]],
    ["a server of tools, one of which runs code", [takes("execute"), other, { ...other, name: "b" }, { ...other, name: "c" }]],
    [
      "schemas that are none",
      [
        { name: "execute", inputSchema: true },
        { name: "run", inputSchema: { properties: 1, required: "code" } },
      ],
    ],
  ])("is not mistaken: %s", (_what, tools) => {
    expect(found(tools)).toBeUndefined();
  });

  it("is recognised by its URL whatever the tool is called", () => {
    expect(found([other, takes("portal", "source")], true)).toBe("portal");
    expect(found([other], true)).toBeUndefined();
  });

  it("is none of the published ones that have tools to be called", () => {
    expect(buildCatalog(LISTINGS).namespaces.filter((namespace) => programTool(namespace) !== undefined)).toEqual([]);
  });

  it("is told in the description", () => {
    const catalog = buildCatalog([{ key: "portal", status: "ready", tools: [other, takes("execute")], skipped: [] }]);
    expect(describeTool(catalog, 2_000)).toContain(
      "\n- portal: 2 tools; execute takes a program of its own, as text, for what is behind that server alone",
    );
  });
});
