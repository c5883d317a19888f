import { Sealing } from "../../src/core/sealing.ts";
import { Vault } from "../../src/upstream/vault.ts";
import type { CredentialStore } from "../../src/upstream/vault.ts";

/** A store in memory, with one lock for all names. */
export function credentialMemory(): CredentialStore & { readonly records: Map<string, string> } {
  const records = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    records,
    load: async (name) => records.get(name),
    save: async (name, sealed) => void records.set(name, sealed),
    remove: async (name) => void records.delete(name),
    exclusively(_name, work) {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

export const KEY = "a-key-for-tests-with-32-characters";

export function vaultOf(
  store: CredentialStore,
  { caller = "owner", key = KEY, previous }: { caller?: string; key?: string; previous?: string } = {},
): Vault {
  return new Vault(caller, store, new Sealing(key, previous));
}
