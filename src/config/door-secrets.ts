import { CodemodeError } from "../core/errors.ts";
import { resolveReferences } from "./env-references.ts";
import type { Environment } from "./env-references.ts";
import { keyPath } from "./key-path.ts";
import type { Config } from "./schema.ts";

/** Short enough to be guessed is as good as open. */
const MIN_SECRET_CHARS = 16;

/** What opens the proxy's door, with its references resolved. */
export interface DoorSecrets {
  /** Name of the caller -> its bearer token. */
  readonly callers: ReadonlyMap<string, string>;
  readonly passphrase?: string;
  readonly oidc?: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
}

/** Throws `CodemodeError("config")` for a variable that is not set, and for a token or passphrase that is too short; no message quotes one. */
export function resolveDoorSecrets({ callers, signIn }: Pick<Config, "callers" | "signIn">, env: Environment): DoorSecrets {
  // A secret that was piped from a file ends in a line break.
  const resolve = (value: string, path: readonly string[]) => resolveReferences(value, keyPath(path), env).trim();
  const strong = (value: string, path: readonly string[]) => {
    const secret = resolve(value, path);
    if (secret.length >= MIN_SECRET_CHARS) return secret;
    throw new CodemodeError("config", `${keyPath(path)}: Shorter than ${MIN_SECRET_CHARS} characters.`, {
      remedy: "Use a long random text, as `openssl rand -base64 32` prints one.",
    });
  };
  const { passphrase, oidc } = signIn ?? {};
  const tokens = Object.entries(callers).map(([name, { token }]) => [name, strong(token, ["callers", name, "token"])] as const);
  if (new Set(tokens.map(([, token]) => token)).size < tokens.length) {
    throw new CodemodeError("config", "callers: Two of them have the same token.", { remedy: "Give each a token of its own." });
  }
  return {
    callers: new Map(tokens),
    ...(passphrase !== undefined && { passphrase: strong(passphrase, ["signIn", "passphrase"]) }),
    ...(oidc !== undefined && {
      oidc: {
        issuer: resolve(oidc.issuer, ["signIn", "oidc", "issuer"]),
        clientId: resolve(oidc.clientId, ["signIn", "oidc", "clientId"]),
        clientSecret: resolve(oidc.clientSecret, ["signIn", "oidc", "clientSecret"]),
      },
    }),
  };
}

/** The texts that may hold references, for whoever has to know which variables the Worker needs. */
export function doorTexts({ callers, signIn }: Pick<Config, "callers" | "signIn">): string[] {
  const { passphrase, oidc } = signIn ?? {};
  const texts = [passphrase, oidc?.issuer, oidc?.clientId, oidc?.clientSecret, ...Object.values(callers).map(({ token }) => token)];
  return texts.filter((text) => text !== undefined);
}
