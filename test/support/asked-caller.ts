import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { CallerEra } from "./callers.ts";
import { CLI, STDIO_ENV } from "./proxy.ts";

/** A question as it reached the client. */
export interface Received {
  readonly method: string;
  readonly params: Record<string, unknown> & { readonly message?: string };
  readonly signal: AbortSignal;
}

export type Answer = (question: Received) => unknown;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: { progress: number; total?: number | undefined; message?: string | undefined }) => void;
  /** How long the client waits, starting anew with each progress, in ms. */
  readonly timeout?: number;
}

/** A real client that is asked, and notes what. */
export interface AskedCaller {
  readonly client: LegacyClient | ModernClient;
  readonly asked: Received[];
  /** The result of a program as one text, with "ERROR " before that of a failure. */
  readonly run: (code: string, options?: CallOptions) => Promise<string>;
  readonly call: (
    name: string,
    args: Record<string, unknown>,
    options?: CallOptions,
  ) => Promise<{ isError?: boolean; content: { text: string }[] }>;
  readonly close: () => Promise<void>;
}

export interface AskedCallerOptions {
  readonly era: CallerEra;
  /** The URL of a proxy, or the configuration file that one is started with over stdio. */
  readonly to: URL | string;
  /** Further arguments of that proxy. */
  readonly args?: readonly string[];
  readonly capabilities?: object;
  readonly answer?: Answer;
  /** Over HTTP. */
  readonly token?: string;
  /** Over stdio. */
  readonly env?: Record<string, string>;
}

const INFO = { name: "asked", version: "1.0.0" };
export const ALL_CAPABILITIES = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

export async function openAskedCaller({
  era,
  to,
  args = [],
  capabilities = ALL_CAPABILITIES,
  answer = unexpected,
  token,
  env = {},
}: AskedCallerOptions): Promise<AskedCaller> {
  const asked: Received[] = [];
  const handle = async (request: { method: string; params?: object | undefined }, signal: AbortSignal) => {
    const question: Received = { method: request.method, params: { ...request.params }, signal };
    asked.push(question);
    return (await answer(question)) as never;
  };
  const command = {
    command: process.execPath,
    args: [CLI, "stdio", "--config", String(to), ...args],
    env: { ...STDIO_ENV, ...env },
    stderr: "ignore" as const,
  };
  const options = token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } };
  const can = (capability: string) => capability in capabilities;
  let client: LegacyClient | ModernClient;
  if (era === "2025") {
    const legacy = new LegacyClient(INFO, { capabilities });
    if (can("elicitation")) legacy.setRequestHandler(ElicitRequestSchema, (request, { signal }) => handle(request, signal));
    if (can("sampling")) legacy.setRequestHandler(CreateMessageRequestSchema, (request, { signal }) => handle(request, signal));
    if (can("roots")) legacy.setRequestHandler(ListRootsRequestSchema, (request, { signal }) => handle(request, signal));
    await legacy.connect(to instanceof URL ? new LegacyHttp(to, options) : new LegacyStdio(command));
    client = legacy;
  } else {
    const modern = new ModernClient(INFO, { capabilities, versionNegotiation: { mode: { pin: "2026-07-28" } } });
    if (can("elicitation")) modern.setRequestHandler("elicitation/create", (request, { mcpReq }) => handle(request, mcpReq.signal));
    if (can("sampling")) modern.setRequestHandler("sampling/createMessage", (request, { mcpReq }) => handle(request, mcpReq.signal));
    if (can("roots")) modern.setRequestHandler("roots/list", (request, { mcpReq }) => handle(request, mcpReq.signal));
    await modern.connect(to instanceof URL ? new ModernHttp(to, options) : new ModernStdio(command));
    client = modern;
  }
  const call: AskedCaller["call"] = async (name, args, options = {}) => {
    const sent = { name, arguments: args };
    const sendOptions = { timeout: 60_000, resetTimeoutOnProgress: true, ...options };
    const result = await (client instanceof LegacyClient
      ? client.callTool(sent, undefined, sendOptions)
      : client.callTool(sent, sendOptions));
    return result as { isError?: boolean; content: { text: string }[] };
  };
  return {
    client,
    asked,
    call,
    async run(code, options) {
      const { isError, content } = await call("execute_code", { code }, options);
      return `${isError === true ? "ERROR " : ""}${content.map(({ text }) => text).join("\n--\n")}`;
    },
    close: () => client.close(),
  };
}

function unexpected({ method }: Received): never {
  throw new Error(`nobody expected ${method}`);
}

export const accept = (value: string) => ({ action: "accept", content: { value } });
export const said = (text: string) => ({ role: "assistant", model: "scripted", content: { type: "text", text } });
