import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectWithOAuth, OAuthMemory } from "../support/oauth-client.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";

const PASSPHRASE = "correct horse battery staple";
/** Debian's; where there is none, the same pages are tested without a real browser in `sign-in.test.ts`. */
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

describe.skipIf(CHROMIUM === undefined)("the consent page in a real browser", () => {
  let browser: Browser;
  let proxy: Proxy;

  beforeAll(async () => {
    if (CHROMIUM === undefined) return;
    [browser, proxy] = await Promise.all([
      chromium.launch({ executablePath: CHROMIUM, args: QUIET }),
      startProxy({ mcpServers: {}, signIn: { passphrase: "${env:P}" } }, { env: { P: PASSPHRASE } }),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), proxy?.stop()]));

  it("lets a person correct a typing error, allow the client, and end at the client's address", async () => {
    const memory = new OAuthMemory();
    const client = await connectWithOAuth(proxy.url, memory, async (url) => {
      const page = await browser.newPage();
      const violations: string[] = [];
      page.on("console", (message) => violations.push(message.text()));
      await page.goto(url.href);
      expect(await page.locator("h1").textContent()).toBe("Let A <b>test</b> client use your tools?");
      await page.getByLabel("Passphrase of this proxy").fill("wrong");
      await page.getByRole("button", { name: "Allow" }).click();
      expect(await page.getByRole("alert").textContent()).toBe("That is not the passphrase.");
      await page.getByLabel("Passphrase of this proxy").fill(PASSPHRASE);
      // Nobody listens there: the address is all that matters.
      const arrived = page.waitForRequest((request) => new URL(request.url()).port === "53682");
      await page.getByRole("button", { name: "Allow" }).click();
      const back = new URL((await arrived).url());
      await page.close();
      expect(violations.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
      return back;
    });
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
  });

  it("declines", async () => {
    let back = new URL("about:blank");
    await connectWithOAuth(proxy.url, new OAuthMemory(), async (url) => {
      const page = await browser.newPage();
      await page.goto(url.href);
      const arrived = page.waitForRequest((request) => new URL(request.url()).port === "53682");
      await page.getByRole("button", { name: "Deny" }).click();
      back = new URL((await arrived).url());
      await page.close();
      return back;
    }).catch(() => undefined);
    expect(back.searchParams.get("error")).toBe("access_denied");
  });
});
