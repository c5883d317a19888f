/** More than anybody has at once; those that were noted first are forgotten first. */
const MAX_SECRETS = 256;

/** Takes secrets out of what leaves: every value that was noted, wherever it stands. */
export class Redaction {
  readonly #minChars: number;
  readonly #secrets = new Set<string>();

  /** Below `minChars` a value is more likely a word such as "true" or "debug" than a secret. */
  constructor(minChars = 8) {
    this.#minChars = minChars;
  }

  note(value: string): void {
    // A secret that was piped from a file ends in a line break.
    const secret = value.trim();
    if (secret.length < this.#minChars) return;
    this.#secrets.delete(secret);
    this.#secrets.add(secret);
    for (const oldest of [...this.#secrets].slice(0, -MAX_SECRETS)) this.#secrets.delete(oldest);
  }

  /** The same environment; whatever is looked up in it counts as secret from then on. */
  noting(env: (name: string) => string | undefined): (name: string) => string | undefined {
    return (name) => {
      const value = env(name);
      if (value !== undefined) this.note(value);
      return value;
    };
  }

  readonly apply = (text: string): string => replaceAll(text, this.#known());

  /** The same for a JSON text, which it leaves one. */
  applyToJson(json: string): string {
    return replaceAll(
      json,
      this.#known().map((secret) => JSON.stringify(secret).slice(1, -1)),
    );
  }

  /** The same for a message: the very same object if there is nothing in it. */
  applyToMessage<T>(message: T): T {
    if (this.#secrets.size === 0) return message;
    const json = JSON.stringify(message);
    const redacted = this.applyToJson(json);
    return redacted === json ? message : (JSON.parse(redacted) as T);
  }

  /** The longest first: one secret may begin with another. */
  #known(): string[] {
    return [...this.#secrets].sort((a, b) => b.length - a.length);
  }
}

/**
 * Whether a value is so surely a secret that it may be taken out of an upstream's own answers: long, one word, and no path or address, which answers are
 * full of.
 */
export function isSurelySecret(value: string): boolean {
  return value.length >= 16 && !/\s|^[/~.\\]|^[A-Za-z]:[\\/]|:\/\//.test(value);
}

function replaceAll(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}
