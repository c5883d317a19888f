import { isSpecType } from "@modelcontextprotocol/server";
import type { Tool } from "@modelcontextprotocol/server";
import type { CatalogTool } from "../catalog/catalog.ts";
import type { JsonSchema } from "../core/tool.ts";
import { forwardableMeta } from "../core/meta.ts";
import { isRecord } from "../core/record.ts";

/**
 * A tool's definition as its upstream sent it. What clients would refuse is mended or left out, member by member: they refuse a whole list for
 * one bad definition, and `execute_code` with it.
 */
export function exposedTool(name: string, { tool }: CatalogTool): Tool {
  const { title, description, inputSchema, outputSchema, annotations, icons, meta } = tool;
  const bare: Tool = { name, inputSchema: { type: "object" } };
  const members = Object.entries({
    title,
    description,
    inputSchema: { type: "object", ...mended(inputSchema) },
    outputSchema: outputSchema === undefined ? undefined : mended(outputSchema),
    annotations,
    icons,
    _meta: meta === undefined ? undefined : forwardableMeta(meta),
  }).filter(([key, value]) => value !== undefined && isSpecType.Tool({ ...bare, [key]: value }));
  return { ...bare, ...Object.fromEntries(members) };
}

/** Clients of 2025 want objects where a JSON Schema may say `true` or `false`. */
function mended(schema: JsonSchema): Record<string, unknown> {
  const { properties, ...rest } = objectOf(schema);
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return rest;
  const entries = Object.entries(properties).map(([name, value]: [string, unknown]) => [name, isSchema(value) ? objectOf(value) : {}]);
  return { ...rest, properties: Object.fromEntries(entries) };
}

/** What is no schema says nothing of the property. */
function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isRecord(value);
}

function objectOf(schema: JsonSchema): Record<string, unknown> {
  if (typeof schema === "object") return schema;
  return schema ? {} : { not: {} };
}
