import { timingSafeEqual } from "hono/utils/buffer";
import type { DoorSecrets } from "../config/door-secrets.ts";
import type { Config } from "../config/schema.ts";
import { OWNER } from "../core/caller.ts";
import type { Caller } from "../core/caller.ts";

/** The callers that are known by their bearer token, the owner's being `authToken`. */
export function knownCallers({ callers }: Pick<Config, "callers">, secrets: DoorSecrets, authToken: string | undefined) {
  /** Every token is compared, and each in constant time, so that the time tells nothing. */
  return async (token: string): Promise<Caller | undefined> => {
    let found: Caller | undefined;
    for (const [name, known] of secrets.callers) {
      const profile = callers[name]?.profile;
      if (await timingSafeEqual(token, known)) found = { id: `token-${name}`, name, ...(profile !== undefined && { profile }) };
    }
    if (authToken !== undefined && (await timingSafeEqual(token, authToken))) found = OWNER;
    return found;
  };
}
