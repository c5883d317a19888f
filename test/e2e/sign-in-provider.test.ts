import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormBrowser } from "../support/browser.ts";
import { startIdentityProvider } from "../support/identity-provider.ts";
import type { IdentityProvider } from "../support/identity-provider.ts";
import { connectWithOAuth, OAuthMemory } from "../support/oauth-client.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const SECRET = "a-client-secret-0123456789";
let provider: IdentityProvider;
let proxy: Proxy;

beforeAll(async () => {
  provider = await startIdentityProvider({ id: "proxy", secret: SECRET });
  proxy = await startProxy(
    {
      mcpServers: {},
      signIn: {
        oidc: {
          issuer: provider.issuer,
          clientId: "proxy",
          clientSecret: "${env:OIDC_SECRET}",
          allow: { domains: ["Example.com"], subjects: ["carol"] },
        },
      },
    },
    { env: { OIDC_SECRET: SECRET } },
  );
});
afterAll(async () => {
  await proxy?.stop();
  await provider?.stop();
});

const toClient = (url: URL) => url.port === "53682";

/** Consents at the proxy, then signs in as `person` at the provider. */
function signInAs(person: string): (url: URL) => Promise<URL> {
  return async (url) => {
    const browser = new FormBrowser();
    await browser.open(url);
    expect(browser.html).toContain(`You sign in at <strong>${new URL(provider.issuer).host}</strong>`);
    await browser.submit({ decision: "approve" });
    expect(browser.url.origin).toBe(provider.issuer);
    await browser.submit({ login: person, password: "any" });
    return browser.submit({}, toClient);
  };
}

async function sentBack(person: string): Promise<URLSearchParams> {
  const memory = new OAuthMemory();
  let back = new URL("about:blank");
  await connectWithOAuth(proxy.url, memory, async (url) => (back = await signInAs(person)(url))).catch(() => undefined);
  return back.searchParams;
}

describe("signing in at an OpenID Connect provider", () => {
  it("lets in whose verified address is in an allowed domain, each person into a Workspace of their own", async () => {
    const memories = { alice: new OAuthMemory(), carol: new OAuthMemory() };
    for (const [person, memory] of Object.entries(memories)) {
      const client = await connectWithOAuth(proxy.url, memory, signInAs(person));
      const result = await client.callTool({ name: "execute_code", arguments: { code: "return 1" } });
      expect(result.content).toEqual([{ type: "text", text: "1" }]);
      await client.close();
    }
    // A grant's owner stands in front of its token; nothing of the person does.
    const [alice, carol] = Object.values(memories).map(({ saved }) => saved?.access_token.split(":")[0] ?? "");
    expect(alice).toMatch(/^oidc-[0-9a-f]{32}$/);
    expect(carol).toMatch(/^oidc-[0-9a-f]{32}$/);
    expect(alice).not.toBe(carol);
  });

  it.each([
    ["bob", "whose domain is not allowed"],
    ["eve", "whose address is allowed, but not verified"],
  ])("turns %s away, %s", async (person) => {
    const back = await sentBack(person);
    expect(Object.fromEntries(back)).toMatchObject({
      error: "access_denied",
      error_description: "This person may not use this proxy.",
      iss: proxy.origin,
    });
    expect(back.has("code")).toBe(false);
  });
});

it("a provider that is down is told to the client, which can try again later", async () => {
  const oidc = { issuer: "http://127.0.0.1:9", clientId: "proxy", clientSecret: "${env:OIDC_SECRET}", allow: { subjects: ["carol"] } };
  const cutOff = await startProxy({ mcpServers: {}, signIn: { oidc } }, { env: { OIDC_SECRET: SECRET } });
  let back = new URL("about:blank");
  await connectWithOAuth(cutOff.url, new OAuthMemory(), async (url) => {
    const browser = new FormBrowser();
    await browser.open(url);
    back = await browser.submit({ decision: "approve" }, toClient);
    return back;
  }).catch(() => undefined);
  expect(Object.fromEntries(back.searchParams)).toMatchObject({
    error: "temporarily_unavailable",
    error_description: "The sign-in provider cannot be reached.",
  });
  await cutOff.stop();
});

describe("the return from the provider", () => {
  /** As far as the provider's own page, with the browser that got there. */
  async function atProvider(): Promise<{ browser: FormBrowser; callback: URL; back: (changes?: Record<string, string>) => Promise<URL> }> {
    const memory = new OAuthMemory();
    const browser = new FormBrowser();
    let callback = new URL("about:blank");
    await connectWithOAuth(proxy.url, memory, async (url) => {
      await browser.open(url);
      await browser.submit({ decision: "approve" });
      await browser.submit({ login: "alice", password: "any" });
      callback = await browser.submit({}, ({ pathname }) => pathname === "/oauth/callback");
      throw new Error("stopped on the way");
    }).catch(() => undefined);
    const back = async (changes: Record<string, string> = {}) => {
      const url = new URL(callback);
      for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
      return browser.open(url, {}, toClient);
    };
    return { browser, callback, back };
  }

  it("works once", async () => {
    const { browser, back } = await atProvider();
    expect((await back()).searchParams.has("code")).toBe(true);
    await back();
    expect(browser.status).toBe(400);
  });

  it("is refused in another browser: a session cannot be planted", async () => {
    const { callback } = await atProvider();
    const victim = new FormBrowser();
    await victim.open(callback, {}, toClient);
    expect(victim.status).toBe(400);
    expect(victim.html).toContain("Nothing was granted");
  });

  it("with another's issuer is refused: a mix-up", async () => {
    const { back } = await atProvider();
    const { searchParams } = await back({ iss: "https://evil.example" });
    expect(searchParams.get("error")).toBe("access_denied");
    expect(searchParams.get("error_description")).toBe("The sign-in could not be verified.");
  });

  it("with a code that was issued for another sign-in is refused: PKCE and the nonce do not fit", async () => {
    const [mine, theirs] = [await atProvider(), await atProvider()];
    const { searchParams } = await mine.back({ code: theirs.callback.searchParams.get("code") ?? "" });
    expect(searchParams.get("error_description")).toBe("The sign-in could not be verified.");
  });

  it("with an error is passed on as access_denied", async () => {
    const { back } = await atProvider();
    const { searchParams } = await back({ error: "login_required" });
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: "access_denied", iss: proxy.origin });
  });
});
