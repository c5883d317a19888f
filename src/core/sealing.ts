/** The shortest text that a key may be: 32 characters of base64 are 192 bits. */
export const MIN_KEY_CHARS = 32;

interface NamedKey {
  /** Tells keys apart, and tells nothing of them. */
  readonly id: string;
  readonly key: CryptoKey;
}

/** What was sealed, and whether it should be sealed again, because an older key did it. */
export interface Opened {
  readonly text: string;
  readonly old: boolean;
}

/**
 * Seals texts for storage with AES-256-GCM. `label` says what a text is and whose: sealed text that is put in another place does not open there.
 * `previous` only opens, so that a key can be replaced without a gap.
 */
export class Sealing {
  readonly #current: Promise<NamedKey>;
  readonly #previous: Promise<NamedKey> | undefined;

  constructor(current: string, previous?: string) {
    this.#current = keyFrom(current);
    this.#previous = previous === undefined ? undefined : keyFrom(previous);
  }

  async seal(text: string, label: string): Promise<string> {
    const { id, key } = await this.#current;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(label) }, key, bytes(text));
    return ["v1", id, base64(iv), base64(new Uint8Array(sealed))].join(".");
  }

  /** Undefined for what neither key has sealed under this label. */
  async open(sealed: string, label: string): Promise<Opened | undefined> {
    const [version, id, iv = "", data = ""] = sealed.split(".");
    const current = await this.#current;
    const found = [current, await this.#previous].find((one) => one?.id === id);
    if (version !== "v1" || found === undefined) return undefined;
    try {
      const parameters = { name: "AES-GCM", iv: unbase64(iv), additionalData: bytes(label) };
      const text = await crypto.subtle.decrypt(parameters, found.key, unbase64(data));
      return { text: new TextDecoder().decode(text), old: found !== current };
    } catch {
      return undefined;
    }
  }
}

/** SHA-256 as text: what a secret is looked up by, without being kept. */
export async function digestOf(secret: string): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(secret))));
}

/** 256 random bits that fit into a URL. */
export function randomText(): string {
  return base64(crypto.getRandomValues(new Uint8Array(32)));
}

async function keyFrom(secret: string): Promise<NamedKey> {
  const material = await crypto.subtle.importKey("raw", bytes(secret.trim()), "HKDF", false, ["deriveBits", "deriveKey"]);
  const hkdf = (info: string) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(`codemode-proxy ${info}`) });
  const id = await crypto.subtle.deriveBits(hkdf("key id"), material, 64);
  const key = await crypto.subtle.deriveKey(hkdf("credentials"), material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return { id: base64(new Uint8Array(id)), key };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** Base64url without padding. */
function base64(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unbase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}
