import { Server } from "@modelcontextprotocol/server";
import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Catalog } from "../catalog/catalog.ts";
import type { Execution } from "../core/execution.ts";
import { IMPLEMENTATION } from "../core/version.ts";
import type { Passthrough, PassthroughRequest } from "./passthrough.ts";
import { present } from "./present.ts";
import type { ResultForm } from "./present.ts";
import { EXECUTE_TOOL, executeTool, INSTRUCTIONS } from "./tool.ts";

export interface McpDeps {
  /** The catalog once every upstream has answered or had its time. */
  readonly catalog: () => Promise<Catalog>;
  readonly execute: (source: string, signal: AbortSignal) => Promise<Execution>;
  readonly passthrough: Passthrough;
  readonly result: ResultForm;
}

/**
 * One MCP server instance over the Workspace: for one request of the 2026-07-28 revision, for one session of the older ones.
 * The list is made anew for each request, so an instance that lives long never shows an old catalog.
 */
export function createServer({ catalog, execute, passthrough, result: form }: McpDeps): Server {
  const server = new Server(IMPLEMENTATION, { capabilities: { tools: { listChanged: true } }, instructions: INSTRUCTIONS });
  server.setRequestHandler("tools/list", async () => ({ tools: [executeTool(await catalog()), ...(await passthrough.tools())] }));
  server.setRequestHandler("tools/call", async ({ params }, ctx): Promise<CallToolResult> => {
    if (params.name !== EXECUTE_TOOL) {
      const project: PassthroughRequest["project"] = (result, outputSchema) => server.projectCallToolResult(result, outputSchema);
      return passthrough.call(params.name, params.arguments ?? {}, { signal: ctx.mcpReq.signal, project });
    }
    const source = params.arguments?.["code"];
    if (typeof source !== "string") return usage();
    return present(await execute(source, ctx.mcpReq.signal), source, form);
  });
  return server;
}

function usage(): CallToolResult {
  const text = `${EXECUTE_TOOL} takes { "code": string }: the program as one text.`;
  return { isError: true, content: [{ type: "text", text }] };
}
