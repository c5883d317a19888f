import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

export async function connect(url: URL): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(url));
  return client;
}

/** Rejects if the program fails. */
export async function execute(client: Client, code: string): Promise<string> {
  const result = (await client.callTool({ name: "execute_code", arguments: { code } })) as {
    isError?: boolean;
    content: { text: string }[];
  };
  if (result.isError === true) throw new Error(result.content[0]?.text);
  return result.content[0]?.text ?? "";
}
