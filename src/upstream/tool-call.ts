import type { CallToolResult, Progress, Tool as SdkTool } from "@modelcontextprotocol/client";
import * as z from "zod";
import type { ProgressUpdate } from "../core/relay.ts";
import type { Tool } from "../core/tool.ts";

/** The frame of a result. Whoever calls a tool wants to see what it has answered, not what the SDK's schema thinks of it. */
export const resultSchema = z.looseObject({
  content: z.unknown().optional(),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional().catch(true),
});

/** The result as the rest of the proxy knows it: `content` is an array, and `structuredContent` is there or not. */
export function readResult({ content, structuredContent, ...rest }: z.output<typeof resultSchema>): CallToolResult {
  const known = structuredContent !== undefined && structuredContent !== null;
  return { ...rest, content: blocksOf(content), ...(known && { structuredContent }) } as CallToolResult;
}

/** Whether arguments of this tool have to be sent as HTTP headers, too (2026-07-28, `x-mcp-header`): only the SDK's `callTool` does so. */
export function mirrorsHeaders({ inputSchema }: Tool): boolean {
  return JSON.stringify(inputSchema).includes('"x-mcp-header"');
}

/** What the SDK needs to send arguments as headers; an outputSchema would make it refuse a result that does not match. */
export function definitionOf(tool: Tool): SdkTool {
  return { name: tool.name, inputSchema: { type: "object" as const, ...(typeof tool.inputSchema === "object" && tool.inputSchema) } };
}

/** As many characters of a step's message as anybody reads. */
const MAX_MESSAGE_CHARS = 500;

export function readProgress({ progress, total, message }: Progress): ProgressUpdate {
  return {
    progress,
    ...(total !== undefined && { total }),
    ...(message !== undefined && { message: message.slice(0, MAX_MESSAGE_CHARS).toWellFormed() }),
  };
}

function blocksOf(content: unknown): unknown[] {
  if (Array.isArray(content)) return content;
  if (content === undefined || content === null) return [];
  return [{ type: "text", text: typeof content === "string" ? content : JSON.stringify(content) }];
}
