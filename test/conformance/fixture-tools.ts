import { setTimeout as sleep } from "node:timers/promises";
import { fromJsonSchema } from "@modelcontextprotocol/server";
import type { CallToolResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { PIXEL, SILENCE } from "./fixture-media.ts";

/** How often the lists have changed: what a client sees of it. */
export interface Changes {
  tools: number;
  prompts: number;
}

/** Pauses that the suites ask for between two notifications, in ms. */
const PAUSE_MS = 50;

/** The tools that ask nothing. Brings those that have changed up to date, and tells the client, when what it returns is called. */
export function registerTools(server: McpServer, changes: Changes, change: (kind: keyof Changes) => void): () => void {
  const tool = (name: string, description: string, call: (ctx: ServerContext) => CallToolResult | Promise<CallToolResult>) =>
    server.registerTool(name, { description }, call);

  tool("test_simple_text", "Returns a text", () => text("This is a simple text response for testing."));
  tool("test_image_content", "Returns an image", () => ({ content: [{ type: "image", data: PIXEL, mimeType: "image/png" }] }));
  tool("test_audio_content", "Returns audio", () => ({ content: [{ type: "audio", data: SILENCE, mimeType: "audio/wav" }] }));
  tool("test_embedded_resource", "Returns a resource", () => ({
    content: [
      {
        type: "resource",
        resource: { uri: "test://embedded-resource", mimeType: "text/plain", text: "This is an embedded resource content." },
      },
    ],
  }));
  tool("test_multiple_content_types", "Returns a text, an image and a resource", () => ({
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", data: PIXEL, mimeType: "image/png" },
      {
        type: "resource",
        resource: { uri: "test://mixed-content-resource", mimeType: "application/json", text: '{"test":"data","value":123}' },
      },
    ],
  }));
  tool("test_error_handling", "Fails", () => ({
    isError: true,
    ...text("This tool intentionally returns an error for testing"),
  }));
  tool("test_tool_with_logging", "Logs three times", async ({ mcpReq }) => {
    await mcpReq.log("info", "Tool execution started");
    await sleep(PAUSE_MS);
    await mcpReq.log("info", "Tool processing data");
    await sleep(PAUSE_MS);
    await mcpReq.log("info", "Tool execution completed");
    return text("Logged three times");
  });
  tool("test_logging_tool", "Logs once", async ({ mcpReq }) => {
    await mcpReq.log("info", "Logged for whoever asked for it");
    return text("Logged once");
  });
  tool("test_tool_with_progress", "Reports progress", async ({ mcpReq }) => {
    const { _meta: { progressToken } = {} } = mcpReq;
    for (const progress of [0, 50, 100]) {
      if (progress > 0) await sleep(PAUSE_MS);
      if (progressToken !== undefined) {
        await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: 100 } });
      }
    }
    return text(`Reported to ${String(progressToken)}`);
  });
  tool("test_reconnection", "Closes the stream of the call before it answers", async ({ http }) => {
    http?.closeSSE?.();
    await sleep(PAUSE_MS);
    return text("Answered after the stream was closed");
  });
  const changing = () => `Changes this description, which it has done ${changes.tools} times`;
  const changed = tool("test_trigger_tool_change", changing(), () => {
    change("tools");
    return text("Changed");
  });
  tool("test_trigger_prompt_change", "Changes the description of a prompt", () => {
    change("prompts");
    return text("Changed");
  });
  server.registerTool(
    "json_schema_2020_12_tool",
    { description: "Tool with JSON Schema 2020-12 features", inputSchema: fromJsonSchema<Record<string, unknown>>(MANY_KEYWORDS) },
    (args) => text(JSON.stringify(args)),
  );
  server.registerTool(
    "test_header_parameter",
    { description: "Has a parameter that is sent as a header, too", inputSchema: fromJsonSchema<{ region: string }>(WITH_HEADER) },
    ({ region }) => text(`Region ${region}`),
  );
  return () => changed.update({ description: changing() });
}

export function text(value: string): CallToolResult {
  return { content: [{ type: "text", text: value }] };
}

const MANY_KEYWORDS = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object" as const,
  $defs: {
    address: { $anchor: "addressDef", type: "object", properties: { street: { type: "string" }, city: { type: "string" } } },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};

const WITH_HEADER = {
  type: "object" as const,
  properties: { region: { type: "string", "x-mcp-header": "Region" } },
  required: ["region"],
};
