/**
 * The proxy as a client, for the client scenarios: stands in front of the scenario's server, whose URL is the last argument, and passes on a call of each
 * of its tools. The caller accepts every form with its defaults, and gives back a schema that is asked for.
 */
import { openAskedCaller } from "../support/asked-caller.ts";
import type { Received } from "../support/asked-caller.ts";
import { startProxy } from "../support/proxy.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly default?: unknown }>>;
  readonly required?: readonly string[];
}

interface Context {
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[];
}

const { toolCalls = [] } = JSON.parse(process.env["MCP_CONFORMANCE_CONTEXT"] ?? "{}") as Context;
const VALUES: Readonly<Record<string, unknown>> = { number: 1, integer: 1, boolean: true, object: {}, array: [] };

function defaults({ params }: Received) {
  const { properties = {} } = (params as { requestedSchema?: Schema }).requestedSchema ?? {};
  const given = Object.entries(properties).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value] as const]));
  return { action: "accept", content: Object.fromEntries(given) };
}

const proxy = await startProxy({ mcpServers: { server: { url: process.argv.at(-1) ?? "", passthrough: true } } });
const caller = await openAskedCaller({ era: "2025", to: proxy.url, answer: defaults });
const { tools } = await caller.client.listTools();
const rich = tools.find(({ name }) => name === "json_schema_2020_12_tool")?.inputSchema;
for (const { name, inputSchema } of tools) {
  if (name === "execute_code") continue;
  const { properties = {}, required = [] } = inputSchema as Schema;
  const made = required.map((key) => [key, key === "schema" ? rich : (VALUES[properties[key]?.type ?? ""] ?? "text")] as const);
  const args = toolCalls.find((call) => call.name === name)?.arguments ?? Object.fromEntries(made);
  console.error(name, JSON.stringify(await caller.call(name, args).catch(String)).slice(0, 300));
}
await caller.close();
await proxy.stop();
