import type { CredentialStore } from "../upstream/vault.ts";

/** Sealed credentials in a file of the local runtime: the Workspace's own database is gone when the process ends. */
export class RemoteCredentials implements CredentialStore {
  readonly #runtime: Fetcher;
  readonly #caller: string;

  constructor(runtime: Fetcher, caller: string) {
    this.#runtime = runtime;
    this.#caller = caller;
  }

  async load(name: string): Promise<string | undefined> {
    const response = await this.#send("GET", name);
    return response.status === 204 ? undefined : response.text();
  }

  async save(name: string, sealed: string): Promise<void> {
    await this.#send("PUT", name, sealed);
  }

  async remove(name: string): Promise<void> {
    await this.#send("DELETE", name);
  }

  async exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lock = await (await this.#send("POST", name)).text();
    try {
      return await work();
    } finally {
      await this.#send("POST", name, lock);
    }
  }

  async #send(method: string, name: string, body?: string): Promise<Response> {
    const path = [this.#caller, name].map(encodeURIComponent).join("/");
    const response = await this.#runtime.fetch(`http://runtime/credential/${path}`, { method, ...(body !== undefined && { body }) });
    if (!response.ok) throw new Error(`the local runtime answered HTTP ${response.status} for a credential`);
    return response;
  }
}
