import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseToolList } from "../../../src/upstream/tool-list.ts";

const tool = (name: string, more: object = {}) => ({ name, inputSchema: { type: "object" }, ...more });
const CATALOGUES = join(import.meta.dirname, "../../fixtures/catalogues");

describe("a tool list is parsed tool by tool", () => {
  it.each([
    ["no object", "text", "#1", "it is not an object"],
    ["no name", { inputSchema: {} }, "#1", "it has no name"],
    ["an empty name", tool(""), "", "it has no name"],
    ["a schema that is none", { name: "a", inputSchema: [] }, "a", "its inputSchema is not a JSON Schema"],
    [
      "arguments that are no object",
      { name: "a", inputSchema: { type: "string" } },
      "a",
      'its inputSchema has the type "string", and arguments are always an object',
    ],
  ])("%s costs only itself", (_what, bad, name, why) => {
    expect(parseToolList([bad, tool("good")])).toEqual({ tools: [tool("good")], skipped: [{ name, why }] });
  });

  it("takes schemas without a type, and a missing schema as an open one", () => {
    expect(parseToolList([{ name: "a", inputSchema: { $schema: "x" } }, { name: "b" }]).tools).toEqual([
      { name: "a", inputSchema: { $schema: "x" } },
      { name: "b", inputSchema: {} },
    ]);
  });

  it("drops what it does not understand from annotations and keeps the rest", () => {
    const annotations = { readOnlyHint: true, destructiveHint: "yes", title: "T", other: 1 };
    expect(parseToolList([tool("a", { annotations })]).tools[0]?.annotations).toEqual({ readOnlyHint: true, title: "T" });
  });

  it("takes a tool that may also run as a task, and none that runs as one alone", () => {
    const sent = ["optional", "forbidden", "required", 1].map((taskSupport, index) => tool(`a${index}`, { execution: { taskSupport } }));
    const { tools, skipped } = parseToolList(sent);
    expect(tools.map(({ name }) => name)).toEqual(["a0", "a1", "a3"]);
    expect(skipped).toEqual([{ name: "a2", why: "it can only be run as a task, which the proxy does not do", unsupported: true }]);
  });

  it("loses no tool of any real catalogue but one that runs as a task alone", async () => {
    const files = (await readdir(CATALOGUES)).filter((file) => file.endsWith(".json"));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const { tools } = JSON.parse(await readFile(join(CATALOGUES, file), "utf8")) as { tools: { name: string }[] };
      const parsed = parseToolList(tools);
      const asTask = file === "everything.json" ? ["simulate-research-query"] : [];
      expect(
        parsed.skipped.map(({ name }) => name),
        file,
      ).toEqual(asTask);
      expect(parsed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name).filter((name) => !asTask.includes(name)));
    }
  });
});
