import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FormBrowser } from "../support/browser.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { runAuthorizationSuite } from "./suites.ts";

const PASSPHRASE = "correct horse battery staple";
let proxy: Proxy;

beforeAll(async () => {
  const config = { mcpServers: {}, signIn: { passphrase: "${env:OWNER_PASSPHRASE}" } };
  proxy = await startProxy(config, { env: { OWNER_PASSPHRASE: PASSPHRASE } });
});
afterAll(() => proxy?.stop());

/** Where the suite waits for the way back; it takes a number, not a free port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

async function register(redirectUri: string): Promise<string> {
  const metadata = (await (await fetch(new URL("/.well-known/oauth-authorization-server", proxy.origin))).json()) as Record<string, string>;
  const body = JSON.stringify({ client_name: "suite", redirect_uris: [redirectUri], token_endpoint_auth_method: "none" });
  const headers = { "content-type": "application/json" };
  const registered = await fetch(metadata["registration_endpoint"] ?? "", { method: "POST", headers, body });
  return ((await registered.json()) as { client_id: string }).client_id;
}

it("the door is an authorization server as the suite wants one", async () => {
  const port = await freePort();
  const clientId = await register(`http://127.0.0.1:${port}/callback`);
  const args = ["--url", proxy.origin, "--client-id", clientId, "--port", String(port), "--resource", proxy.url.href];
  // Without it the suite would leave a scenario out.
  let end: URL | undefined;
  const verdicts = await runAuthorizationSuite(args, async (link) => {
    const browser = new FormBrowser();
    await browser.open(link);
    end = await browser.submit({ decision: "approve", passphrase: PASSPHRASE });
  });
  expect([...verdicts.keys()].map((scenario) => scenario.replace(/^authorization-server-(?=auth)/, "")).toSorted()).toEqual([
    "authorization-code-grant",
    "authorization-server-metadata-endpoint",
  ]);
  expect(end?.port).toBe(String(port));
  expect([...verdicts.values()].flatMap((failed) => [...failed])).toEqual([]);
});
