import type { Tool } from "@modelcontextprotocol/server";
import type { Catalog, CatalogNamespace } from "../catalog/catalog.ts";

export const EXECUTE_TOOL = "execute_code";

/** When to reach for this server at all: clients show it to the model apart from the tool's description. */
export const INSTRUCTIONS =
  "One tool, execute_code, stands in front of several MCP servers. Use it whenever a task needs any of them: write one short TypeScript " +
  "program that makes all the calls, filters their results, and returns only what matters.";

/** The execute tool as a caller lists it. The same catalog gives the same bytes. */
export function executeTool(catalog: Catalog): Tool {
  return {
    name: EXECUTE_TOOL,
    title: "Execute code",
    description: describeTool(catalog),
    inputSchema: {
      type: "object",
      properties: {
        code: { type: "string", description: "The program: TypeScript or JavaScript statements with top-level await and return." },
      },
      required: ["code"],
      additionalProperties: false,
    },
    // Claude Code would cut at 50,000 characters; the limits of the configuration cut with more care.
    _meta: { "anthropic/maxResultSizeChars": 500_000 },
    // What a program does is up to the tools that it calls, so only the worst can be promised.
    annotations: { title: "Execute code", readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  };
}

/** What matters most comes first: several clients cut descriptions at 2,000 to 16,000 characters. */
function describeTool(catalog: Catalog): string {
  const parts = [CONTRACT, namespaceList(catalog)];
  if (catalog.declarations !== "") parts.push(`The tools, in TypeScript:\n\n${catalog.declarations}`);
  return parts.join("\n\n");
}

const CONTRACT = `Runs a TypeScript (or JavaScript) program that calls the tools of MCP servers. Each server is a global object; each of its tools is an async method that takes one object.

const issues = await tracker.list_issues({ state: "open" });
const details = await Promise.all(issues.map((issue) => tracker.get_issue({ id: issue.id })));
return details.map(({ title, url }) => ({ title, url }));

- Write plain statements with top-level await, and return the value that you want to see. Do the whole task in one program: loop, filter and join there, use Promise.all for independent calls, and return only what is needed.
- A call resolves to the tool's structured result; else, if its text is a JSON object or array, to that value; else to the text; else to its content blocks. What a tool returns is any where no type is declared: look before you rely on it.
- A failed call throws a ToolError (message, namespace, tool, content). An error that you do not catch ends the program and is reported with its line.
- You get the returned value (a string as it is, everything else as JSON, images and other content blocks in it as such) and then the console output. codemode.emit(content) gives you a text or a content block at once. A value that is too long is shortened; await codemode.result(id) in a later program is the whole.
- await codemode.search("words") finds tools: [{ name, signature, description }]. await codemode.describe("server.tool") or ("server") gives the full declaration. await codemode.raw("server.tool", args) gives the untouched MCP result.
- There are no imports, no network and no files, and nothing is kept from one program to the next.`;

function namespaceList({ namespaces }: Catalog): string {
  if (namespaces.length === 0) return "No servers are configured.";
  return ["The servers:", ...namespaces.map(namespaceLine)].join("\n");
}

function namespaceLine({ name, upstream, status, why, tools, skipped }: CatalogNamespace): string {
  const called = name === upstream ? name : `${name} (configured as ${JSON.stringify(upstream)})`;
  const left =
    skipped.length === 0
      ? ""
      : `; ${skipped.length} left out because their definitions are broken: ${skipped.map((tool) => oneWord(tool.name)).join(", ")}`;
  if (status === "ready") return `- ${called}: ${tools.length} ${tools.length === 1 ? "tool" : "tools"}${left}`;
  if (status === "connecting") return `- ${called}: unavailable: still connecting`;
  return `- ${called}: unavailable: ${why ?? "no reason given"}`;
}

/** An upstream's name for a broken tool is any text at all. */
function oneWord(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
