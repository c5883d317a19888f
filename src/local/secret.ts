import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Loopback ports are open to every user of the machine and, through a browser, to every web page. Each one of ours therefore asks for
 * a secret of 256 bits in this header; a page cannot set it on a WebSocket at all.
 */
export const SECRET_HEADER = "x-codemode-secret";

export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Takes as long for a wrong secret as for the right one: digests have one length, so nothing is learnt about it either. */
export function isSecret(offered: string | readonly string[] | undefined, secret: string): boolean {
  return typeof offered === "string" && timingSafeEqual(digest(offered), digest(secret));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
