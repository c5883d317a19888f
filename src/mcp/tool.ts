import type { Tool } from "@modelcontextprotocol/server";
import type { Catalog } from "../catalog/catalog.ts";
import { describeTool } from "./description.ts";

export const EXECUTE_TOOL = "execute_code";

/** Clients keep 512 to 4,096 characters of it. */
const MAX_NAMES_CHARS = 900;

/**
 * When to reach for this server at all: clients show it to the model apart from the tool's description, some the first 512 characters alone.
 * `namespaces` are the configured ones: whether they can be reached is not known yet when a client connects.
 */
export function instructionsFor(namespaces: readonly string[]): string {
  const names = namespaces
    .toSorted()
    .reduce((text, name) => (text.length + name.length > MAX_NAMES_CHARS ? text : `${text}${text === "" ? "" : ", "}${name}`), "");
  const listed = names === "" ? "several MCP servers" : `these MCP servers: ${names}`;
  return (
    `One tool, ${EXECUTE_TOOL}, runs a short TypeScript program that calls the tools of other servers. Reach for it whenever a task needs data or actions ` +
    "from one of them, above all for several calls, loops, filtering or joining: write one program that does all of it and returns only what matters, " +
    `instead of asking for one thing at a time. It stands in front of ${listed}.`
  );
}

/** The execute tool as a caller lists it, its description within `maxChars`. The same catalog gives the same bytes. */
export function executeTool(catalog: Catalog, maxChars: number): Tool {
  return {
    name: EXECUTE_TOOL,
    title: "Execute code",
    description: describeTool(catalog, maxChars),
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
