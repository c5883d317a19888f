import { addressUri } from "../core/address.ts";
import type { Address } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";

export interface SubscriptionsDeps {
  /** Whose resource a URI means. Rejects with CodemodeError. */
  readonly find: (uri: string) => Promise<Address>;
  /** Has the upstream tell of changes until the function is called. Rejects with CodemodeError. */
  readonly watch: (address: Address) => Promise<() => void>;
  readonly limits: Pick<Limits, "subscriptions" | "uriChars" | "updateMs" | "retryMs">;
}

/** @param uri as it was subscribed to. @param changed the same, or a part of it that has changed. */
export type TellUpdated = (uri: string, changed: string) => void;

interface Subscription {
  readonly uri: string;
  readonly address: Address;
  readonly tell: TellUpdated;
  /** It was told a moment ago. */
  isQuiet: boolean;
  /** What has changed since. */
  waiting: string | undefined;
}

/** Who wants to know when a resource changes: all callers of one profile. */
export class Subscriptions {
  readonly #deps: SubscriptionsDeps;
  readonly #held = new Set<Subscription>();
  /** Of callers who do not listen at the moment, oldest first: how each is forgotten. */
  readonly #resting = new Set<() => void>();
  #opening = 0;

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
  }

  /** How many there can be. */
  get most(): number {
    return this.#deps.limits.subscriptions;
  }

  /** How long what cannot be had at the moment is left alone, in ms. */
  get retryMs(): number {
    return this.#deps.limits.retryMs;
  }

  /** Until the function that it resolves to is called. Rejects with CodemodeError. */
  async hold(uri: string, tell: TellUpdated): Promise<() => void> {
    const { subscriptions, uriChars } = this.#deps.limits;
    if (uri.length > uriChars) throw tooMany(`the URI is longer than uriChars = ${uriChars} characters`, "uriChars");
    if (this.#count >= subscriptions) this.#forgetOne();
    if (this.#count >= subscriptions) throw tooMany(`there are subscriptions = ${subscriptions} subscriptions already`, "subscriptions");
    this.#opening += 1;
    try {
      const address = await this.#deps.find(uri);
      const release = await this.#deps.watch(address);
      const subscription: Subscription = { uri, address, tell, isQuiet: false, waiting: undefined };
      this.#held.add(subscription);
      return () => {
        this.#held.delete(subscription);
        release();
      };
    } finally {
      this.#opening -= 1;
    }
  }

  /**
   * A subscription of somebody who does not listen at the moment: no upstream tells of it, and it makes room for others if there has to be some.
   * @param forget called when it has. @returns to be called when they listen again, or want it no more.
   */
  rest(forget: () => void): () => void {
    // The same function may rest twice.
    const one = () => forget();
    this.#resting.add(one);
    if (this.#count > this.#deps.limits.subscriptions) this.#forgetOne();
    return () => void this.#resting.delete(one);
  }

  get #count(): number {
    return this.#held.size + this.#opening + this.#resting.size;
  }

  #forgetOne(): void {
    const [oldest] = this.#resting;
    if (oldest === undefined) return;
    this.#resting.delete(oldest);
    oldest();
  }

  /** The upstream says that its own URI, or what lies below it, has changed. */
  updated({ namespace, own }: Address): void {
    for (const subscription of this.#held) {
      const { uri, address } = subscription;
      if (address.namespace !== namespace || !isWithin(own, address.own)) continue;
      this.#changed(subscription, uri === address.own ? own : addressUri({ namespace, own }));
    }
  }

  /** Of several parts that change while it is left alone, the whole is told. */
  #changed(subscription: Subscription, changed: string): void {
    const { uri, tell, isQuiet, waiting } = subscription;
    if (isQuiet) {
      subscription.waiting = waiting === undefined || waiting === changed ? changed : uri;
      return;
    }
    tell(uri, changed);
    subscription.isQuiet = true;
    setTimeout(() => {
      const { waiting: next } = subscription;
      subscription.isQuiet = false;
      subscription.waiting = undefined;
      if (next !== undefined && this.#held.has(subscription)) this.#changed(subscription, next);
    }, this.#deps.limits.updateMs);
  }
}

/** "This might be a sub-resource of the one that the client actually subscribed to" (2025-11-25). */
function isWithin(uri: string, whole: string): boolean {
  return uri === whole || (uri.startsWith(whole) && (whole.endsWith("/") || /^[/?#]/.test(uri.slice(whole.length))));
}

function tooMany(message: string, limit: string): CodemodeError {
  return new CodemodeError("limit", message, { remedy: `Unsubscribe from others, or raise limits.${limit} in the configuration.` });
}
