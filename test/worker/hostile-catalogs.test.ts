import fc from "fast-check";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { buildCatalog, declare } from "../../src/catalog/catalog.ts";
import { LEVELS } from "../../src/catalog/declarations.ts";
import { parseToolList } from "../../src/upstream/tool-list.ts";
import { violationsOf } from "../../src/execute/validate.ts";
import { executeTool } from "../../src/mcp/tool.ts";
import { CHECKER_BUNDLE, CHECKER_HASH } from "../../src/program/bundle.ts";
import { Checker } from "../../src/program/check.ts";
import { returned, runProgram, textResult } from "../support/run-program.ts";
import { hostileSchema, hostileText } from "../unit/catalog/hostile.ts";

const rawTool = fc.record(
  {
    name: hostileText().filter((name) => name !== ""),
    title: hostileText(),
    description: hostileText(),
    inputSchema: hostileSchema(2).map((schema) => ({ ...schema, type: "object" })),
    outputSchema: hostileSchema(1),
  },
  { requiredKeys: ["name", "inputSchema"] },
);
const rawTools = fc.uniqueArray(rawTool, { selector: ({ name }) => name, minLength: 1, maxLength: 8 });

it("whatever an upstream lists, each tool is called by its identifier and arrives under its own name", async () => {
  const checker = new Checker(env.LOADER, CHECKER_BUNDLE, CHECKER_HASH);
  const property = fc.asyncProperty(rawTools, async (raw) => {
    const { tools, skipped } = parseToolList(raw);
    expect(skipped).toEqual([]);
    const catalog = buildCatalog([{ key: "peer", status: "ready", tools, skipped }]);
    const listed = catalog.namespace("peer")?.tools ?? [];
    expect(listed.map(({ tool }) => tool.name).toSorted()).toEqual(raw.map(({ name }) => name).toSorted());

    // Nothing of the declarations is more than a type: what breaks out of a comment or a string would be left as code.
    const namespace = catalog.namespaces[0];
    if (namespace === undefined) throw new Error("the catalog has no namespace");
    const declarations = declare(namespace, "full");
    const levels = LEVELS.map((level) => declare(namespace, level).replace(/\bpeer\b/g, `peer_${level}`));
    const stripped = await checker.prepare(`${levels.join("")}\nreturn 1;`);
    expect(stripped).toMatchObject({ ok: true });
    if (stripped.ok) expect(stripped.module.replaceAll(/[\s;]/g, "")).toBe("exportdefaultasync()=>{return1}");
    expect(executeTool(catalog, 1_000_000).description).toContain(declarations.trimEnd());

    const script = Object.fromEntries(tools.map(({ name }) => [name, () => textResult("arrived")]));
    const options = { script, upstreams: { peer: tools } };
    const calls = listed.map(({ identifier }, index) => `peer.${identifier}({ index: ${index} }).catch((e) => e.code)`);
    const program = `${declarations}\nreturn [await Promise.all([${calls.join(", ")}]), typeof evil];`;
    const run = await runProgram(program, options);
    const fits = listed.map(({ tool }, index) => violationsOf(tool.inputSchema, { index }).length === 0);
    const said = fits.map((each) => (each ? "arrived" : "tool_arguments"));
    expect(run.outcome).toEqual({ kind: "returned", text: JSON.stringify([said, "undefined"]) });
    expect(run.calls).toEqual(listed.flatMap(({ tool }, index) => (fits[index] === true ? [{ tool: tool.name, args: { index } }] : [])));
    expect(await returned("return await codemode.describe('peer')", options)).toBe(declarations);
  });
  await fc.assert(property, { numRuns: 60 });
}, 60_000);
