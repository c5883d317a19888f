import type { Limits } from "../core/limits.ts";
import type { OAuthStore } from "./store.ts";

export interface TriesDeps {
  readonly store: Pick<DurableObjectStub<OAuthStore>, "countTry" | "succeeded">;
  readonly limits: Limits;
}

/** Undefined if the secret is the right one, else what to tell. A try is counted before it is looked at. */
export async function wrongSecret(
  request: Request,
  isRight: () => Promise<boolean>,
  what: string,
  { store, limits }: TriesDeps,
): Promise<string | undefined> {
  const { signInTries, signInTriesInAll, signInMs } = limits;
  const address = addressOf(request);
  const reached = await store.countTry(address, { signInTries, signInTriesInAll, signInMs });
  if (reached !== undefined) {
    return `Too many tries: ${reached} = ${limits[reached]} within ${Math.ceil(signInMs / 60_000)} minutes. Wait, then try again.`;
  }
  if (!(await isRight())) return `That is not ${what}.`;
  await store.succeeded(address);
  return undefined;
}

/** Whom to count a try for. A provider gives its customer a whole /64, so that one person could have any number of IPv6 addresses. */
function addressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip") ?? "local";
  if (!address.includes(":")) return address;
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const groups = address.includes("::") ? [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0"), ...tail] : head;
  return groups.slice(0, 4).join(":");
}
