import type { CatalogNamespace, CatalogTool } from "./catalog.ts";
import { isSchemaObject, own, ownArray, ownObject } from "./schema-document.ts";

/** A server that takes programs has that tool, perhaps one that searches and one that explains; with more it has tools to be called. */
const MOST_TOOLS = 3;
const RUNS = /^(?:execute|exec|run|eval|evaluate|code|codemode)(?:code|mode|program|script|typescript|javascript|python|ts|js)?$/;
const PROGRAM = /^(?:code|program|script|source)$/i;

/** The tool by which a server takes programs instead of calls, if it is such a server: its code is written as a text, inside a program of ours. */
export function programTool({ tools, codeMode }: Pick<CatalogNamespace, "tools" | "codeMode">): CatalogTool | undefined {
  const runs = ({ identifier }: CatalogTool) => RUNS.test(identifier.replaceAll("_", "").toLowerCase());
  const takers = tools.filter(takesProgram);
  if (codeMode === true) return takers.find(runs) ?? takers[0];
  return tools.length <= MOST_TOOLS ? takers.find(runs) : undefined;
}

function takesProgram({ tool: { inputSchema } }: CatalogTool): boolean {
  if (!isSchemaObject(inputSchema)) return false;
  const required = ownArray(inputSchema, "required");
  return Object.entries(ownObject(inputSchema, "properties")).some(
    ([name, schema]) => PROGRAM.test(name) && required.includes(name) && isSchemaObject(schema) && own(schema, "type") === "string",
  );
}
