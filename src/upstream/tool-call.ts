import { CLIENT_CAPABILITIES_META_KEY, isInputRequiredResult } from "@modelcontextprotocol/client";
import type { CallToolResult, Client, Progress, RequestOptions, Tool as SdkTool } from "@modelcontextprotocol/client";
import * as z from "zod";
import type { Answer, Question } from "../core/questions.ts";
import type { CallContext, ProgressUpdate } from "../core/relay.ts";
import type { Tool } from "../core/tool.ts";
import { inRounds } from "./rounds.ts";

export interface ToolCall {
  readonly tool: Tool;
  readonly args: Record<string, unknown>;
  readonly context: CallContext;
  readonly options: RequestOptions;
  readonly ask: (question: Question) => Promise<Answer>;
}

/** Sends one call, and again with what the server asks for. Rejects with the SDK's error. */
export async function sendToolCall(client: Client, { tool, args, context, options, ask }: ToolCall): Promise<CallToolResult> {
  const { askable } = context.relay;
  const request = { name: tool.name, arguments: args };
  const onprogress = (said: Progress) => context.relay.progress(readProgress(said));
  const sendOptions = { ...options, onprogress };
  if (client.getProtocolEra() !== "modern") {
    // Not the SDK's schema: a result with a block that it does not know is still the tool's result, and the program may read it.
    return readResult(
      await client.request({ method: "tools/call", params: { ...request, _meta: { ...context.meta } } }, resultSchema, sendOptions),
    );
  }
  // A connection serves callers who can be asked different things: each call says what its own can.
  const meta = { ...context.meta, [CLIENT_CAPABILITIES_META_KEY]: askable };
  const roundOptions = { ...sendOptions, allowInputRequired: true };
  return inRounds(async (more) => {
    const params = { ...request, ...more, _meta: meta };
    const result = mirrorsHeaders(tool)
      ? await client.callTool(params, { ...roundOptions, toolDefinition: definitionOf(tool) })
      : await client.request({ method: "tools/call", params }, resultSchema, roundOptions);
    return isInputRequiredResult(result) ? result : readResult(result);
  }, ask);
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

/** As many characters of a step's message as anybody reads. */
const MAX_MESSAGE_CHARS = 500;

function readProgress({ progress, total, message }: Progress): ProgressUpdate {
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
