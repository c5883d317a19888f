import type { Environment } from "../config/env-references.ts";

/** Below it a value is more likely a word such as "true" or "debug" than a secret. */
const MIN_SECRET_CHARS = 8;

/** Replaces what was noted as secret in text that goes to a log or to the Worker. */
export class Redaction {
  readonly #secrets = new Set<string>();

  note(value: string): void {
    // A secret that was piped from a file ends in a line break.
    const secret = value.trim();
    if (secret.length >= MIN_SECRET_CHARS) this.#secrets.add(secret);
  }

  /** The same environment; whatever is looked up in it counts as secret from then on. */
  noting(env: Environment): Environment {
    return (name) => {
      const value = env(name);
      if (value !== undefined) this.note(value);
      return value;
    };
  }

  apply(text: string): string {
    // The longest first: one secret may begin with another.
    const known = [...this.#secrets].sort((a, b) => b.length - a.length);
    return known.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  }
}
