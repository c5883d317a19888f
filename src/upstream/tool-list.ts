import type { Client } from "@modelcontextprotocol/client";
import type { Limits } from "../core/limits.ts";
import { isRecord } from "../core/record.ts";
import type { JsonSchema, SkippedTool, Tool, ToolAnnotations } from "../core/tool.ts";
import { headerProblem } from "./header-params.ts";
import { readPages } from "./pages.ts";

export interface ToolList {
  readonly tools: readonly Tool[];
  readonly skipped: readonly SkippedTool[];
}

/** A list as a server has sent it. */
interface SentToolList extends ToolList {
  readonly ttlMs?: number;
}

/** Reads all pages of `tools/list`. Rejects as `readPages` does. */
export async function readToolList(client: Client, limits: Pick<Limits, "listMs" | "listPages">): Promise<SentToolList> {
  if (client.getServerCapabilities()?.tools === undefined) return { tools: [], skipped: [] };
  const { items, ttlMs } = await readPages(client, "tools/list", "tools", limits);
  const { tools, skipped } = parseToolList(items);
  // To a server of the older revisions the keyword means nothing.
  const problems = client.getProtocolEra() === "modern" ? tools.map(({ inputSchema }) => headerProblem(inputSchema)) : [];
  return {
    tools: tools.filter((_, index) => problems[index] === undefined),
    skipped: [...skipped, ...tools.flatMap(({ name }, index) => (problems[index] === undefined ? [] : [{ name, why: problems[index] }]))],
    ...(ttlMs !== undefined && { ttlMs }),
  };
}

/** Tool by tool, so that a bad one costs only itself. */
export function parseToolList(raw: readonly unknown[]): ToolList {
  const tools: Tool[] = [];
  const skipped: SkippedTool[] = [];
  for (const [index, item] of raw.entries()) {
    const parsed = parseTool(item);
    if (typeof parsed === "string") skipped.push({ name: nameOf(item) ?? `#${index + 1}`, why: parsed });
    else if (isTaskOnly(item)) skipped.push({ name: parsed.name, why: TASK_ONLY, unsupported: true });
    else tools.push(parsed);
  }
  return { tools, skipped };
}

/** The tool, or why it is unusable. */
function parseTool(item: unknown): Tool | string {
  if (!isRecord(item)) return "it is not an object";
  const name = nameOf(item);
  if (name === undefined || name === "") return "it has no name";
  const inputSchema = item["inputSchema"] ?? {};
  if (!isSchema(inputSchema)) return "its inputSchema is not a JSON Schema";
  if (isRecord(inputSchema) && inputSchema["type"] !== undefined && inputSchema["type"] !== "object") {
    return `its inputSchema has the type ${JSON.stringify(inputSchema["type"])}, and arguments are always an object`;
  }
  return {
    name,
    inputSchema,
    ...(typeof item["title"] === "string" && { title: item["title"] }),
    ...(typeof item["description"] === "string" && { description: item["description"] }),
    ...(isSchema(item["outputSchema"]) && { outputSchema: item["outputSchema"] }),
    ...(isRecord(item["annotations"]) && { annotations: parseAnnotations(item["annotations"]) }),
    ...(Array.isArray(item["icons"]) && { icons: item["icons"] }),
    ...(isRecord(item["_meta"]) && { meta: item["_meta"] }),
  };
}

function parseAnnotations(raw: Record<string, unknown>): ToolAnnotations {
  const hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] as const;
  const known = hints.flatMap((hint) => (typeof raw[hint] === "boolean" ? [[hint, raw[hint]] as const] : []));
  return { ...(typeof raw["title"] === "string" && { title: raw["title"] }), ...Object.fromEntries(known) };
}

const TASK_ONLY = "it can only be run as a task, which the proxy does not do";

/** 2025-11-25, "Tasks": a plain call of such a tool is answered with an error. */
function isTaskOnly(item: unknown): boolean {
  return isRecord(item) && isRecord(item["execution"]) && item["execution"]["taskSupport"] === "required";
}

function nameOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item["name"] === "string" ? item["name"] : undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isRecord(value);
}
