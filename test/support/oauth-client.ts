import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";
import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from "@modelcontextprotocol/client";

/** What an MCP client keeps of its OAuth: all in memory, so that a test can look at it and change it. */
export class OAuthMemory implements OAuthClientProvider {
  readonly redirectUrl = "http://127.0.0.1:53682/callback";
  readonly clientMetadata = {
    client_name: "A <b>test</b> client",
    redirect_uris: [this.redirectUrl],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
  client: StoredOAuthClientInformation | undefined;
  saved: StoredOAuthTokens | undefined;
  /** Where the person was sent. */
  sentTo: URL | undefined;
  verifier = "";
  discovered: OAuthDiscoveryState | undefined;
  readonly stateSent = crypto.randomUUID();

  state(): string {
    return this.stateSent;
  }
  clientInformation(): StoredOAuthClientInformation | undefined {
    return this.client;
  }
  saveClientInformation(client: StoredOAuthClientInformation): void {
    this.client = client;
  }
  tokens(): StoredOAuthTokens | undefined {
    return this.saved;
  }
  saveTokens(tokens: StoredOAuthTokens): void {
    this.saved = tokens;
  }
  redirectToAuthorization(url: URL): void {
    this.sentTo = url;
  }
  saveCodeVerifier(verifier: string): void {
    this.verifier = verifier;
  }
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.discovered = state;
  }
  discoveryState(): OAuthDiscoveryState | undefined {
    return this.discovered;
  }
  codeVerifier(): string {
    return this.verifier;
  }
}

/** Connects to `url` as an MCP client that knows OAuth: the first try sends the person to `signIn`, which gives the URL that they end at. */
export async function connectWithOAuth(url: URL, memory: OAuthMemory, signIn: (url: URL) => Promise<URL>): Promise<Client> {
  const transport = () => new StreamableHTTPClientTransport(url, { authProvider: memory });
  const newClient = () => new Client({ name: "e2e", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
  const first = transport();
  const client = newClient();
  try {
    await client.connect(first);
    return client;
  } catch (error) {
    if (!(error instanceof UnauthorizedError) || memory.sentTo === undefined) throw error;
  }
  await first.finishAuth((await signIn(memory.sentTo)).searchParams);
  const second = newClient();
  await second.connect(transport());
  return second;
}
