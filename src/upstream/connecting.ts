import { CodemodeError, messageOf } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { digestOf, randomText } from "../core/sealing.ts";
import type { Sealing } from "../core/sealing.ts";
import { begin, DOCUMENT_PATH, findIssuer, redeem, RETURN_PATH, scopeToAsk } from "./authorization.ts";
import type { Begun, Issuer } from "./authorization.ts";
import type { SendRequest } from "./authorization-fetch.ts";
import type { OAuthClient } from "../config/oauth-schema.ts";
import type { UpstreamAuth } from "./upstream-auth.ts";

/** Connections that are being made, for as long as a person takes. Everything under a digest, and sealed. */
export interface PendingStore {
  put(id: string, sealed: string, expiresAt: number): void;
  get(id: string): string | undefined;
  /** At most once for each `put`. */
  take(id: string): string | undefined;
}

/** An upstream that its user connects. */
export interface OAuthUpstream {
  readonly key: string;
  readonly url: URL;
  readonly auth: UpstreamAuth;
  readonly configured: () => OAuthClient;
  readonly send: SendRequest;
}

export interface ConnectingDeps {
  readonly upstreams: ReadonlyMap<string, OAuthUpstream>;
  readonly pending: PendingStore;
  readonly sealing: Sealing;
  /** Lets the HTTP face find this Workspace by the digest of a ticket or state. */
  readonly announce: (id: string, seconds: number) => Promise<void>;
  /** Under which origin a browser reaches the proxy. */
  readonly origin: () => Promise<string>;
  /** Opens the upstream's connection; resolves when it has listed its tools or failed. */
  readonly onConnected: (key: string) => Promise<void>;
  readonly limits: Pick<Limits, "connectMs">;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** What a person is shown before they go. */
export interface ConnectPage {
  readonly upstream: string;
  readonly host: string;
  readonly issuer: string;
  readonly scopes: readonly string[];
}

/** `problem` is a sentence for people, without secrets. */
export type Outcome<T> = { readonly done: T; readonly problem?: undefined } | { readonly problem: string };

/** Milliseconds since the epoch: from then on it is good for nothing. */
interface Limited {
  readonly until: number;
}

interface Ticket extends Limited {
  readonly key: string;
  /** Where the caller has reached the proxy when it got the link: the person comes back to the same. */
  readonly origin: string;
  readonly issuer?: Issuer;
}

interface OnTheWay extends Limited {
  readonly begun: Begun;
  readonly key: string;
  /** Digest of the secret of the browser that has gone. */
  readonly browser: string;
}

const GONE = "This link has been used, or is too old. Run the program again for a new one.";

/**
 * How a person connects an upstream: a ticket in a link, the page behind it, the way to the authorization server and back. A ticket is for one
 * upstream of one caller and lets one person go, a state lets the same browser return, and each works once.
 */
export class Connecting {
  readonly #deps: ConnectingDeps;
  /** A caller that asks again and again gets the same link for a while. */
  readonly #links = new Map<string, { readonly link: string; readonly until: number }>();

  constructor(deps: ConnectingDeps) {
    this.#deps = deps;
  }

  /** A link for the person behind this caller, and nobody else. */
  async link(key: string): Promise<string> {
    const { connectMs } = this.#deps.limits;
    const known = this.#links.get(key);
    if (known !== undefined && known.until > this.#deps.now()) return known.link;
    const ticket = randomText();
    const origin = await this.#deps.origin();
    await this.#put(ticket, "ticket", { key, origin, until: this.#deps.now() + connectMs });
    const link = `${origin}/connect/${ticket}`;
    this.#links.set(key, { link, until: this.#deps.now() + connectMs / 2 });
    return link;
  }

  /** What the page behind a ticket says. May be called any number of times: programs that preview links call it, too. */
  async page(ticket: string): Promise<Outcome<ConnectPage>> {
    const id = await digestOf(ticket);
    const found = await this.#open<Ticket>(this.#deps.pending.get(id), id, "ticket");
    const upstream = this.#deps.upstreams.get(found?.key ?? "");
    if (found === undefined || upstream === undefined) return { problem: GONE };
    return this.#told(upstream, async () => {
      const issuer = found.issuer ?? (await findIssuer(upstream.url, upstream.auth.challenge, upstream.send));
      // What is shown is what will be used, whatever the upstream says a moment later.
      if (found.issuer === undefined) await this.#put(ticket, "ticket", { ...found, issuer });
      const before = await upstream.auth.grant();
      const scope = scopeToAsk({ issuer, configured: upstream.configured(), ...(before !== undefined && { before }) }) ?? "";
      return {
        upstream: upstream.key,
        host: upstream.url.host,
        issuer: new URL(issuer.issuer).host,
        scopes: scope.split(" ").filter((each) => each !== ""),
      };
    });
  }

  /** The person has said yes. `browser` is a secret that only their browser has. */
  async begin(ticket: string, browser: string): Promise<Outcome<{ location: string }>> {
    const id = await digestOf(ticket);
    const found = await this.#open<Ticket>(this.#deps.pending.take(id), id, "ticket");
    const upstream = this.#deps.upstreams.get(found?.key ?? "");
    const { issuer, origin } = found ?? {};
    if (issuer === undefined || origin === undefined || upstream === undefined) return { problem: GONE };
    this.#links.delete(upstream.key);
    return this.#told(upstream, async () => {
      const state = randomText();
      const before = await upstream.auth.grant();
      const options = { issuer, redirectUri: origin + RETURN_PATH, state, configured: upstream.configured() };
      const { location, begun } = await begin(
        {
          ...options,
          ...(origin.startsWith("https:") && { documentUrl: origin + DOCUMENT_PATH }),
          ...(before !== undefined && { before }),
        },
        upstream.send,
      );
      const until = this.#deps.now() + this.#deps.limits.connectMs;
      await this.#put(state, "state", { begun, key: upstream.key, browser: await digestOf(browser), until });
      return { location: location.href };
    });
  }

  /** The person has come back, or somebody says so. */
  async finish(query: string, browser: string): Promise<Outcome<{ upstream: string }>> {
    const back = new URLSearchParams(query);
    const id = await digestOf(back.get("state") ?? "");
    const found = await this.#open<OnTheWay>(this.#deps.pending.take(id), id, "state");
    const upstream = this.#deps.upstreams.get(found?.key ?? "");
    if (found === undefined || upstream === undefined) return { problem: GONE };
    if (found.browser !== (await digestOf(browser)))
      return { problem: "This sign-in was begun in another browser. Nothing was connected." };
    return this.#told(upstream, async () => {
      await upstream.auth.connected(await redeem(found.begun, back, this.#deps.now(), upstream.send));
      await this.#deps.onConnected(upstream.key);
      return { upstream: upstream.key };
    });
  }

  async #told<T>({ key, auth }: OAuthUpstream, work: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { done: await work() };
    } catch (error) {
      const why = auth.secrets.apply(messageOf(error)).replaceAll(/\s+/g, " ").slice(0, 300);
      this.#deps.log(`upstream ${key}: cannot be connected: ${why}`);
      // Of other errors the text is the authorization server's, or the SDK's with that in it.
      const said =
        error instanceof CodemodeError ? [error.message, error.remedy].filter((part) => part !== undefined).join(". ") : reasonOf(error);
      return { problem: `${key} could not be connected: ${said}. Run the program again for a new link.` };
    }
  }

  async #put(secret: string, kind: "ticket" | "state", value: Ticket | OnTheWay): Promise<void> {
    const { pending, sealing, announce, now } = this.#deps;
    const id = await digestOf(secret);
    pending.put(id, await sealing.seal(JSON.stringify(value), JSON.stringify([kind, id])), value.until);
    await announce(id, Math.ceil((value.until - now()) / 1_000));
  }

  async #open<T extends Limited>(sealed: string | undefined, id: string, kind: "ticket" | "state"): Promise<T | undefined> {
    const opened = sealed === undefined ? undefined : await this.#deps.sealing.open(sealed, JSON.stringify([kind, id]));
    const value = opened === undefined ? undefined : (JSON.parse(opened.text) as T);
    return value !== undefined && this.#deps.now() < value.until ? value : undefined;
  }
}

/** What happened, in our words, by the names of the SDK's errors. */
function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "IssuerMismatchError") return "the answer came from another authorization server than the one that was asked";
  if (name === "InsecureTokenEndpointError") return "its authorization server would get the token request without https";
  if (name === "RegistrationRejectedError") return "its authorization server does not register the proxy";
  if (name === "OAuthError")
    return `its authorization server refuses (${/^[a-z_]{1,40}$/.exec((error as { code?: string }).code ?? "")?.[0] ?? "no reason"})`;
  if (error instanceof TypeError || name === "TimeoutError") return "its authorization server cannot be reached";
  return "its authorization server does not answer as it should";
}
