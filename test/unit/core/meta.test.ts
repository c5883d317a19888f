import { expect, it } from "vitest";
import { forwardableMeta } from "../../../src/core/meta.ts";

it.each([
  "io.modelcontextprotocol/serverInfo",
  "dev.mcp/x",
  "org.modelcontextprotocol.api/x",
  "com.mcp.tools/x",
  "modelcontextprotocol.io/x",
  "api.modelcontextprotocol.org/x",
  "tools.mcp.com/x",
  "IO.ModelContextProtocol/x",
])("the reserved key %s stays at its hop", (key) => {
  expect(forwardableMeta({ [key]: 1, own: 2 })).toEqual({ own: 2 });
});

it.each([
  "traceparent",
  "tracestate",
  "baggage",
  "example.com/x",
  "com.example.mcp.x.y/z",
  "anthropic/maxResultSizeChars",
  "mcp",
  "modelcontextprotocol",
  "",
  "/",
])("the key %j passes", (key) => {
  expect(forwardableMeta({ [key]: 1 })).toEqual({ [key]: 1 });
});
