import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface IdentityProvider {
  readonly issuer: string;
  /** Ends it; later requests find nobody. */
  stop(): Promise<void>;
}

/** People of the provider by the name that they type. `eve` writes another's address into her profile, which nobody has verified. */
const PEOPLE: Readonly<Record<string, { email: string; email_verified: boolean }>> = {
  alice: { email: "alice@example.com", email_verified: true },
  bob: { email: "bob@elsewhere.example", email_verified: true },
  eve: { email: "alice@example.com", email_verified: false },
};

/** `oidc-provider` on loopback with one client, and its own forms for signing in and consenting. */
export async function startIdentityProvider(client: { id: string; secret: string }): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    // Of a native client on loopback any port will do.
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: ["http://127.0.0.1/oauth/callback"],
        application_type: "native",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a-key-for-tests"] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...PEOPLE[id] }) }),
    features: { devInteractions: { enabled: true } },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    issuer,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
