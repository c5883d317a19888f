import { messageOf } from "../core/errors.ts";
import { digestOf, randomText } from "../core/sealing.ts";
import { newTransaction, signInUrl, whoSignedIn } from "./oidc.ts";
import type { OidcProvider, OidcTransaction } from "./oidc.ts";
import type { OAuthStore } from "./store.ts";

export interface PersonAtProviderDeps {
  readonly store: Pick<DurableObjectStub<OAuthStore>, "get" | "put" | "delete">;
  readonly origin: (request: Request) => string;
  readonly log: (line: string) => void;
}

interface OnTheWay {
  readonly ticket: string;
  readonly browser: string;
  readonly transaction: OidcTransaction;
}

const CALLBACK = "/oauth/callback";
/** The provider knows one redirect URI; what comes back to it for us has a state that begins like this. */
const PREFIX = "connect.";
const SECONDS = 600;

/** Who the person is that wants to connect an upstream: they sign in at the provider of the proxy's door, once more. */
export class PersonAtProvider {
  readonly #provider: OidcProvider;
  readonly #deps: PersonAtProviderDeps;

  constructor(provider: OidcProvider, deps: PersonAtProviderDeps) {
    this.#provider = provider;
    this.#deps = deps;
  }

  static isReturn(request: Request): boolean {
    return new URL(request.url).searchParams.get("state")?.startsWith(PREFIX) === true;
  }

  /** Where the person signs in. */
  async begin(request: Request, ticket: string, browser: string): Promise<string> {
    const state = PREFIX + randomText();
    const transaction = newTransaction();
    const url = await signInUrl(this.#provider, this.#deps.origin(request) + CALLBACK, state, transaction);
    const onTheWay: OnTheWay = { ticket, browser: await digestOf(browser), transaction };
    await this.#deps.store.put(await keyOf(state), JSON.stringify(onTheWay), { expirationTtl: SECONDS });
    return url.href;
  }

  /** Who has come back, and for which ticket; once. */
  async finish(request: Request, browser: string): Promise<{ ticket: string; callerId: string } | { problem: string }> {
    const url = new URL(request.url);
    const key = await keyOf(url.searchParams.get("state") ?? "");
    const found = await this.#deps.store.get(key);
    await this.#deps.store.delete(key);
    if (found === null) return { problem: "This sign-in has been used, or is too old. Open the link again." };
    const onTheWay = JSON.parse(found) as OnTheWay;
    if (onTheWay.browser !== (await digestOf(browser))) return { problem: "This sign-in was begun in another browser." };
    try {
      const caller = await whoSignedIn(this.#provider, this.#deps.origin(request) + CALLBACK, url, onTheWay.transaction);
      if (caller !== undefined) return { ticket: onTheWay.ticket, callerId: caller.id };
    } catch (error) {
      this.#deps.log(`sign-in failed: ${messageOf(error)}`);
      return { problem: "The sign-in could not be verified." };
    }
    return { problem: "This person may not use this proxy." };
  }
}

async function keyOf(state: string): Promise<string> {
  return `connect-person:${await digestOf(state)}`;
}
