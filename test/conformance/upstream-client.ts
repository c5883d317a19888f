/**
 * The proxy as a client, for the client scenarios: stands in front of the scenario's server, whose URL is the last argument, and passes on a call of each
 * of its tools. The caller accepts every form with its defaults, and gives back a schema that is asked for. A link for signing in is followed by a person
 * who says yes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ALL_CAPABILITIES, openAskedCaller } from "../support/asked-caller.ts";
import type { Received } from "../support/asked-caller.ts";
import { FormBrowser } from "../support/browser.ts";
import { linkIn } from "../support/connect.ts";
import { startProxy } from "../support/proxy.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly default?: unknown }>>;
  readonly required?: readonly string[];
}

interface Context {
  /** A client that is registered already. */
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[];
}

/** Some servers ask for more rights again and again. */
const MOST_SIGN_INS = 4;
const isAuth = process.env["MCP_CONFORMANCE_SCENARIO"]?.startsWith("auth/") === true;
const {
  toolCalls = [],
  client_id: clientId,
  client_secret: clientSecret,
} = JSON.parse(process.env["MCP_CONFORMANCE_CONTEXT"] ?? "{}") as Context;
const VALUES: Readonly<Record<string, unknown>> = { number: 1, integer: 1, boolean: true, object: {}, array: [] };

function defaults({ params }: Received) {
  const { properties = {} } = (params as { requestedSchema?: Schema }).requestedSchema ?? {};
  const given = Object.entries(properties).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value] as const]));
  return { action: "accept", content: Object.fromEntries(given) };
}

/** Calls until nobody has to sign in any more. */
async function signedIn(call: () => Promise<unknown>): Promise<string> {
  let said = JSON.stringify(await call().catch(String));
  for (let times = 0; times < MOST_SIGN_INS && said.includes("/connect/"); times += 1) {
    const browser = new FormBrowser();
    await browser.open(linkIn(said));
    await browser.submit({ decision: "connect", secret: "" });
    said = JSON.stringify(await call().catch(String));
  }
  return said;
}

const registered =
  clientId === undefined ? {} : { oauth: { clientId, ...(clientSecret !== undefined && { clientSecret: "${env:CLIENT_SECRET}" }) } };
const server = { url: process.argv.at(-1) ?? "", passthrough: true, ...(isAuth && { auth: "oauth", ...registered }) };
const state = await mkdtemp(join(tmpdir(), "codemode-conformance-"));
const env = { CODEMODE_STATE: state, ...(clientSecret !== undefined && { CLIENT_SECRET: clientSecret }) };
const proxy = await startProxy({ mcpServers: { server } }, { env });
const caller = await openAskedCaller({ era: "2025", to: proxy.url, capabilities: isAuth ? {} : ALL_CAPABILITIES, answer: defaults });
if (isAuth) console.error(await signedIn(() => caller.run("return await server.anything({})")));
const { tools } = await caller.client.listTools();
const rich = tools.find(({ name }) => name === "json_schema_2020_12_tool")?.inputSchema;
for (const { name, inputSchema } of tools) {
  if (name === "execute_code") continue;
  const { properties = {}, required = [] } = inputSchema as Schema;
  const made = required.map((key) => [key, key === "schema" ? rich : (VALUES[properties[key]?.type ?? ""] ?? "text")] as const);
  const args = toolCalls.find((call) => call.name === name)?.arguments ?? Object.fromEntries(made);
  console.error(name, (await signedIn(() => caller.call(name, args))).slice(0, 300));
}
await caller.close();
await proxy.stop();
await rm(state, { recursive: true, force: true });
