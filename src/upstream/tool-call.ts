import { isInputRequiredResult } from "@modelcontextprotocol/client";
import type { CallToolResult, Client, Tool as SdkTool } from "@modelcontextprotocol/client";
import * as z from "zod";
import type { Tool } from "../core/tool.ts";
import { sendInRounds } from "./send.ts";
import type { Sending } from "./send.ts";

/** Sends one call, and again with what the server asks for. Rejects with the SDK's error. */
export async function sendToolCall(client: Client, tool: Tool, args: Record<string, unknown>, sending: Sending): Promise<CallToolResult> {
  const isModern = client.getProtocolEra() === "modern";
  return sendInRounds(client, sending, async (more, options) => {
    const params = { name: tool.name, arguments: args, ...more };
    // Not the SDK's schema: a result with a block that it does not know is still the tool's result, and the program may read it.
    const result =
      isModern && mirrorsHeaders(tool)
        ? await client.callTool(params, { ...options, toolDefinition: definitionOf(tool) })
        : await client.request({ method: "tools/call", params }, resultSchema, options);
    return isInputRequiredResult(result) ? result : readResult(result);
  });
}

/** The frame of a result. Whoever calls a tool wants to see what it has answered, not what the SDK's schema thinks of it. */
const resultSchema = z.looseObject({
  content: z.unknown().optional(),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional().catch(true),
});

/** The result as the rest of the proxy knows it: `content` is an array, and `structuredContent` is there or not. */
function readResult({ content, structuredContent, ...rest }: z.output<typeof resultSchema>): CallToolResult {
  const known = structuredContent !== undefined && structuredContent !== null;
  return { ...rest, content: blocksOf(content), ...(known && { structuredContent }) } as CallToolResult;
}

/** Whether arguments of this tool have to be sent as HTTP headers, too (2026-07-28, `x-mcp-header`): only the SDK's `callTool` does so. */
function mirrorsHeaders({ inputSchema }: Tool): boolean {
  return JSON.stringify(inputSchema).includes('"x-mcp-header"');
}

/** What the SDK needs to send arguments as headers; an outputSchema would make it refuse a result that does not match. */
function definitionOf(tool: Tool): SdkTool {
  return { name: tool.name, inputSchema: { type: "object" as const, ...(typeof tool.inputSchema === "object" && tool.inputSchema) } };
}

function blocksOf(content: unknown): unknown[] {
  if (Array.isArray(content)) return content;
  if (content === undefined || content === null) return [];
  return [{ type: "text", text: typeof content === "string" ? content : JSON.stringify(content) }];
}
