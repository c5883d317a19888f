import { FormBrowser } from "./browser.ts";

/** The first link for connecting in a text. */
export function linkIn(text: string): URL {
  const [link] = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\/connect\/[\w-]+/.exec(text) ?? [];
  if (link === undefined) throw new Error(`no link in: ${text}`);
  return new URL(link);
}

/** A person opens the link, says yes, signs in at the upstream's authorization server and comes back. Gives the page that they end at. */
export async function connectAs(person: string, link: URL, browser = new FormBrowser(), secret = ""): Promise<string> {
  await browser.open(link);
  await browser.submit({ decision: "connect", secret });
  await signInAs(person, browser);
  return browser.html;
}

/** At the forms of `oidc-provider`. */
async function signInAs(person: string, browser: FormBrowser, stopAt?: (url: URL) => boolean): Promise<void> {
  if (browser.html.includes('name="login"')) await browser.submit({ login: person, password: "any" }, stopAt);
  if (browser.html.includes('value="consent"')) await browser.submit({}, stopAt);
}
