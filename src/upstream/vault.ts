import { digestOf } from "../core/sealing.ts";
import type { Sealing } from "../core/sealing.ts";
import type { Grant } from "./authorization.ts";

/** Where sealed records of one caller are kept. A name is a configured key, a dot, and a word. */
export interface CredentialStore {
  load(name: string): Promise<string | undefined>;
  save(name: string, sealed: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Runs `work` while nobody else does so under this name, in another process either. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * The grants of one caller, sealed. What is sealed is bound to the caller, to the upstream's key and to its address: a record that somebody moves
 * to another one, or an upstream whose URL is changed in the configuration, is not connected.
 */
export class Vault {
  readonly #caller: string;
  readonly #store: CredentialStore;
  readonly #sealing: Sealing;

  constructor(caller: string, store: CredentialStore, sealing: Sealing) {
    this.#caller = caller;
    this.#store = store;
    this.#sealing = sealing;
  }

  async load(key: string, url: URL): Promise<Grant | undefined> {
    const sealed = await this.#store.load(await nameOf(key, url));
    const opened = sealed === undefined ? undefined : await this.#sealing.open(sealed, this.#label(key, url));
    if (opened === undefined) return undefined;
    const grant = JSON.parse(opened.text) as Grant;
    if (opened.old) await this.save(key, url, grant);
    return grant;
  }

  async save(key: string, url: URL, grant: Grant): Promise<void> {
    await this.#store.save(await nameOf(key, url), await this.#sealing.seal(JSON.stringify(grant), this.#label(key, url)));
  }

  async remove(key: string, url: URL): Promise<void> {
    await this.#store.remove(await nameOf(key, url));
  }

  async exclusively<T>(key: string, url: URL, work: () => Promise<T>): Promise<T> {
    return this.#store.exclusively(await nameOf(key, url), work);
  }

  #label(key: string, url: URL): string {
    return JSON.stringify(["grant", this.#caller, key, url.href]);
  }
}

/** Two configurations may have different servers under one key. The address itself may hold a secret. */
async function nameOf(key: string, url: URL): Promise<string> {
  return `${key}.${(await digestOf(url.href)).slice(0, 16)}`;
}
