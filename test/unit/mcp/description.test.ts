import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog, declare } from "../../../src/catalog/catalog.ts";
import { LEVELS } from "../../../src/catalog/declarations.ts";
import { CONTRACT, describeTool, HEAD_CHARS } from "../../../src/mcp/description.ts";
import { ShownTool } from "../../../src/mcp/shown-tool.ts";
import { instructionsFor } from "../../../src/mcp/tool.ts";
import { shapeOf } from "../catalog/compile.ts";
import { LISTINGS } from "../catalog/fixtures.ts";

const everything = buildCatalog(LISTINGS);
const small = buildCatalog(LISTINGS.filter(({ key }) => ["everything", "filesystem", "memory"].includes(key)));

/** What stands between the heading of the declarations and the note behind them. */
function declarationsIn(text: string): string {
  return /The tools, in TypeScript:\n\n([^]*?)(?:\n\n(?:Shortened|Without remarks|Names alone|Not shown)|$)/.exec(text)?.[1] ?? "";
}

describe("the description", () => {
  it.each([2_000, 2_001, 2_500, 4_096, 8_000, 16_000, 16_384, 100_000, 1_000_000])(
    "of all catalogues fits %i characters, and is valid",
    (budget) => {
      const text = describeTool(everything, budget);
      expect(text.length).toBeLessThanOrEqual(budget);
      expect(shapeOf(declarationsIn(text)).syntaxErrors).toEqual([]);
      const left = everything.namespaces
        .filter(({ name }) => !declarationsIn(text).includes(`declare const ${name}: `))
        .map(({ name }) => name);
      for (const name of left) expect(text).toMatch(new RegExp(`Not shown: (?:all servers|[^\\n]*\\b${name}\\b)|codemode\\.search`));
    },
  );

  it("shows every tool of three servers at least briefly within 16,000 characters", () => {
    const text = describeTool(small, 16_000);
    expect(text).not.toMatch(/Without remarks|Names alone|Not shown/);
    for (const { tools } of small.namespaces) for (const { identifier } of tools) expect(text).toContain(`\n${identifier}(`);
  });

  it("begins with what stands alone: the contract, every server with its count, how to search", () => {
    const head = describeTool(everything, 2_000).slice(0, HEAD_CHARS);
    expect(head.startsWith(CONTRACT)).toBe(true);
    for (const { name, tools } of everything.namespaces) expect(head).toContain(`${name} ${tools.length}`);
    const crowd = Array.from({ length: 300 }, (_, index) => ({ ...LISTINGS[0]!, key: `a_server_with_a_long_name_${index}` }));
    const crowded = describeTool(buildCatalog(crowd), 2_000);
    expect(crowded.length).toBeLessThanOrEqual(2_000);
    expect(crowded.slice(0, HEAD_CHARS)).toMatch(/ and \d+ more: codemode\.namespaces\(\) lists all\./);
  });

  it("says of each server a sentence of its own, else which tools it has, as far as there is room", () => {
    const [first] = LISTINGS.filter(({ key }) => key === "memory");
    if (first === undefined) throw new Error("there is no memory");
    const lines = (instructions?: string) =>
      describeTool(buildCatalog([{ ...first, ...(instructions !== undefined && { instructions }) }]), 2_000)
        .split("\n")
        .filter((line) => line.startsWith("- memory: "));
    const names = "- memory: 9 tools: add_observations, create_entities, create_relations, delete_entities, …";
    expect(lines()).toEqual([names]);
    expect(lines("# Memory\n\nRemembers things. Forgets none.")).toEqual(["- memory: 9 tools. Remembers things"]);
    expect(lines(`A sentence of ${"very ".repeat(30)}many words.`)).toEqual([names]);
    const two = { ...first, tools: first.tools.slice(0, 2) };
    expect(describeTool(buildCatalog([two]), 2_000)).toContain("\n- memory: 2 tools: create_entities, create_relations\n");
  });

  it("says in one short line that there is more than tools, where there is", () => {
    const [first, second] = LISTINGS;
    if (first === undefined || second === undefined) throw new Error("there are no catalogues");
    const besides = (resources: object, prompts: object) =>
      describeTool(
        buildCatalog([
          { ...first, ...resources },
          { ...second, ...prompts },
        ]),
        2_000,
      )
        .split("\n")
        .find((line) => line.startsWith("- Besides"));
    expect(besides({}, {})).toBe(undefined);
    expect(besides({ resources: true }, {})).toBe("- Besides tools: codemode.resources.list() and .read(uri).");
    expect(besides({}, { prompts: true })).toBe("- Besides tools: codemode.prompts.list() and .get(name, args).");
    expect(besides({ resources: true }, { prompts: true })).toBe(
      "- Besides tools: codemode.resources.list() and .read(uri), codemode.prompts.list() and .get(name, args).",
    );
    // Where it would cost a server its name, it is left to codemode.namespaces().
    const all = buildCatalog(LISTINGS.map((listing) => ({ ...listing, resources: true, prompts: true })));
    expect(describeTool(all, 16_000)).toBe(describeTool(everything, 16_000));
  });

  it("leaves no room unused that the next better level of a server would fit into", () => {
    const some = LISTINGS.slice(0, 8);
    const catalog = buildCatalog(some);
    const text = describeTool(catalog, 16_000);
    const shown = catalog.namespaces.map((namespace) => ({
      namespace,
      level: LEVELS.findIndex((level) => text.includes(declare(namespace, level).trimEnd())),
    }));
    expect(shown.some(({ level }) => level > 0)).toBe(true);
    for (const { namespace, level } of shown) {
      if (level <= 0) continue;
      const more = declare(namespace, LEVELS[level - 1] ?? "full").length - declare(namespace, LEVELS[level] ?? "full").length;
      // The note behind the declarations may grow by the name of the server.
      expect(text.length + more + namespace.name.length + 40, namespace.name).toBeGreaterThan(16_000);
    }
  });

  it("is the same in whatever order the servers are connected", () => {
    const order = fc.shuffledSubarray([...LISTINGS], { minLength: LISTINGS.length });
    fc.assert(
      fc.property(order, (listings) => {
        expect(describeTool(buildCatalog(listings), 16_000)).toBe(describeTool(everything, 16_000));
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});

describe("callers are told of a change", () => {
  it("only if what one of them was shown has another text", () => {
    const [first, second] = LISTINGS;
    if (first === undefined || second === undefined) throw new Error("there are no catalogues");
    const shown = new ShownTool(16_000);
    expect(shown.changed(buildCatalog([first]))).toBe(false);
    shown.show(buildCatalog([first]), "http://localhost/mcp");
    expect(shown.changed(buildCatalog([{ ...first }]))).toBe(false);
    expect(shown.changed(buildCatalog([first, second]))).toBe(true);
    expect(shown.changed(buildCatalog([first, second]))).toBe(false);
  });

  it("and each is shown as much as it asks for", () => {
    const shown = new ShownTool(16_000);
    expect(shown.show(everything, "http://localhost/mcp?description=2000").description).toBe(describeTool(everything, 2_000));
    expect(shown.show(everything, undefined).description).toBe(describeTool(everything, 16_000));
  });
});

describe("the instructions", () => {
  it("name the servers, and fit what clients keep of them", () => {
    expect(instructionsFor(["b", "a"])).toContain("in front of these MCP servers: a, b.");
    expect(instructionsFor([])).toContain("several MCP servers");
    expect(instructionsFor(Array.from({ length: 500 }, (_, index) => `a_server_with_a_name_${index}`)).length).toBeLessThanOrEqual(2_000);
    expect(instructionsFor([]).slice(0, 512)).toContain("Reach for it whenever");
  });
});
