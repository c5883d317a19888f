import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

/** A real MCP client over HTTP that runs programs. */
export interface ProgramCaller {
  /** The result as one text, with "ERROR " before that of a failure. `signal` cancels: with a notification in 2025, by closing the stream in 2026. */
  readonly run: (code: string, signal?: AbortSignal) => Promise<string>;
  readonly close: () => Promise<void>;
}

export type CallerEra = "2025" | "2026";

const INFO = { name: "test", version: "1.0.0" };

/** `token` is the caller's bearer token. */
export async function openCaller(url: URL, era: CallerEra = "2025", token?: string): Promise<ProgramCaller> {
  const options = token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } };
  if (era === "2025") {
    const client = new LegacyClient(INFO);
    await client.connect(new LegacyHttp(url, options));
    return {
      run: (code, signal) => runProgram(client, code, signal),
      close: () => client.close(),
    };
  }
  const client = new ModernClient(INFO, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  await client.connect(new ModernHttp(url, options));
  return { run: async (code, signal) => textOf(await client.callTool(params(code), signal && { signal })), close: () => client.close() };
}

/** The result of one program as one text, with "ERROR " before that of a failure. */
export async function runProgram(client: LegacyClient, code: string, signal?: AbortSignal): Promise<string> {
  return textOf(await client.callTool(params(code), undefined, signal && { signal }));
}

const params = (code: string) => ({ name: "execute_code", arguments: { code } });

function textOf(result: unknown): string {
  const { isError, content } = result as { isError?: boolean; content: { text: string }[] };
  return `${isError === true ? "ERROR " : ""}${content.map((block) => block.text).join("\n--\n")}`;
}
