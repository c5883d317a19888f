import { timingSafeEqual } from "hono/utils/buffer";
import type { DoorSecrets } from "../config/door-secrets.ts";
import { OWNER } from "../core/caller.ts";
import type { Caller } from "../core/caller.ts";

/** The caller that has this bearer token. Every token is compared, and each in constant time, so that the time tells nothing. */
export async function callerWithToken(token: string, authToken: string | undefined, { callers }: DoorSecrets): Promise<Caller | undefined> {
  let found: Caller | undefined;
  for (const [name, known] of callers) if (await timingSafeEqual(token, known)) found = { id: `token-${name}`, name };
  if (authToken !== undefined && (await timingSafeEqual(token, authToken))) found = OWNER;
  return found;
}
