import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { begin, findIssuer } from "../../../src/upstream/authorization.ts";
import type { BeginOptions, Issuer } from "../../../src/upstream/authorization.ts";
import { authorizationFetch } from "../../../src/upstream/authorization-fetch.ts";
import type { SendRequest } from "../../../src/upstream/authorization-fetch.ts";

/** What lies under which path; everything else is not found. */
let documents: Record<string, unknown>;
let registered: Record<string, unknown>[];
let origin: string;
let send: SendRequest;
let stop: () => void;

beforeEach(async () => {
  [documents, registered] = [{}, []];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => void (body += chunk.toString()));
    request.on("end", () => {
      const found = documents[request.url ?? ""];
      if (request.method === "POST") registered.push(JSON.parse(body) as Record<string, unknown>);
      response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" }).end(JSON.stringify(found));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  send = authorizationFetch(new URL(origin), 5_000);
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => stop());

const metadata = (more: object = {}) => ({
  issuer: `${origin}/as`,
  authorization_endpoint: `${origin}/as/authorize`,
  token_endpoint: `${origin}/as/token`,
  registration_endpoint: `${origin}/as/register`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  jwks_uri: `${origin}/as/keys`,
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  ...more,
});
const resource = (more: object = {}) => ({ resource: `${origin}/mcp`, authorization_servers: [`${origin}/as`], ...more });
const find = (challenge = {}) => findIssuer(new URL(`${origin}/mcp`), challenge, send);

describe("the authorization server of an upstream", () => {
  it.each([
    ["RFC 8414", "/.well-known/oauth-authorization-server/as"],
    ["OpenID Connect, its path first", "/.well-known/openid-configuration/as"],
    ["OpenID Connect, its path last", "/as/.well-known/openid-configuration"],
  ])("is found by the metadata of the resource and of %s", async (_style, path) => {
    documents = { "/.well-known/oauth-protected-resource/mcp": resource({ scopes_supported: ["a", "b"] }), [path]: metadata() };
    expect(await find()).toMatchObject({ issuer: `${origin}/as`, resource: `${origin}/mcp`, scope: "a b" });
  });

  it("is where the challenge says, with the scopes that it asks for", async () => {
    documents = { "/elsewhere": resource({ scopes_supported: ["a"] }), "/.well-known/oauth-authorization-server/as": metadata() };
    expect(await find({ resourceMetadataUrl: `${origin}/elsewhere`, scope: "c" })).toMatchObject({ issuer: `${origin}/as`, scope: "c" });
  });

  it("is the upstream's own origin where there is no metadata of the resource (2025-03-26), and no resource is named to it", async () => {
    documents = { "/.well-known/oauth-authorization-server": metadata({ issuer: origin }) };
    const found = await find();
    expect(found.issuer).toBe(origin);
    expect(found.resource).toBeUndefined();
  });

  it("that says it is another one is refused", async () => {
    documents = {
      "/.well-known/oauth-protected-resource/mcp": resource(),
      "/.well-known/oauth-authorization-server/as": metadata({ issuer: "https://evil.example" }),
    };
    await expect(find()).rejects.toThrow();
  });

  it("may answer with so much and no more", async () => {
    documents = {
      "/.well-known/oauth-protected-resource/mcp": resource(),
      "/.well-known/oauth-authorization-server/as": metadata({ x: "x".repeat(300_000) }),
    };
    await expect(find()).rejects.toThrow("its authorization server answers with more than 262144 bytes");
  });
});

describe("the proxy as its client", () => {
  const issuer = (more: object = {}): Issuer => ({ issuer: `${origin}/as`, server: `${origin}/as`, metadata: metadata(more), scope: "a" });
  const redirectUri = "https://proxy.example/connect/callback";
  const beginWith = (options: Partial<BeginOptions>) =>
    begin({ issuer: issuer(), redirectUri, state: "state", configured: {}, ...options }, send);

  it("is the one that is configured", async () => {
    const { location, begun } = await beginWith({
      configured: { clientId: "mine", clientSecret: "s", scope: "b" },
      documentUrl: "https://p.example/c",
    });
    expect(begun.client).toEqual({ client_id: "mine", client_secret: "s" });
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: "mine",
      scope: "b",
      state: "state",
      redirect_uri: redirectUri,
      response_type: "code",
      code_challenge_method: "S256",
    });
  });

  it("is its own document where that is read, else one that it registers, and once", async () => {
    const documentUrl = "https://proxy.example/connect/client.json";
    const cimd = issuer({ client_id_metadata_document_supported: true });
    expect((await beginWith({ issuer: cimd, documentUrl })).begun.client).toEqual({ client_id: documentUrl });
    expect(registered).toEqual([]);

    documents = { "/as/register": { client_id: "new", redirect_uris: [redirectUri] } };
    const { begun } = await beginWith({ documentUrl });
    expect(begun.client.client_id).toBe("new");
    expect(registered).toEqual([
      {
        client_name: "codemode-proxy",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
        application_type: "web",
        scope: "a",
      },
    ]);
    await beginWith({ before: begun });
    expect(registered).toHaveLength(1);
    // Registered for something else, or elsewhere.
    await beginWith({ before: begun, issuer: { ...issuer(), required: "b" } });
    await beginWith({ before: begun, redirectUri: "http://127.0.0.1:1/connect/callback" });
    await beginWith({ before: { ...begun, issuer: "https://other.example" } });
    expect(registered.slice(1).map(({ scope, application_type: type }) => [scope, type])).toEqual([
      ["a b", "web"],
      ["a", "native"],
      ["a", "web"],
    ]);
  });

  it("cannot be made by itself everywhere", async () => {
    await expect(beginWith({ issuer: issuer({ registration_endpoint: undefined }) })).rejects.toMatchObject({
      message: "its authorization server registers no clients by itself",
      remedy: 'Register the proxy there, and write "oauth": { "clientId": ... } into the configuration.',
    });
  });

  it("asks for what renews its token where the server knows that, and for a person's consent then", async () => {
    documents = { "/as/register": { client_id: "new", redirect_uris: [redirectUri] } };
    const { location } = await beginWith({ issuer: issuer({ scopes_supported: ["a", "offline_access"] }) });
    expect(location.searchParams.get("scope")).toBe("a offline_access");
    expect(location.searchParams.get("prompt")).toBe("consent");
  });

  it.each(["http://evil.example/authorize", "https://bank.example@evil.example/authorize"])("sends nobody to %s", async (endpoint) => {
    documents = { "/as/register": { client_id: "new", redirect_uris: [redirectUri] } };
    await expect(beginWith({ issuer: issuer({ authorization_endpoint: endpoint }) })).rejects.toThrow(
      "names a page that nobody may be sent to",
    );
  });
});

describe("requests on the way", () => {
  it.each(["http://169.254.169.254/x", "http://intranet/x", "ftp://a/x"])("do not go to %s", async (url) => {
    await expect(send(url)).rejects.toThrow("which is neither https nor beside it");
  });

  it("of an upstream that is not on this machine do not go to this machine", async () => {
    await expect(authorizationFetch(new URL("https://mcp.example"), 5_000)(origin)).rejects.toThrow("neither https nor beside it");
  });
});
