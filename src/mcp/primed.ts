import { restOf } from "./rest-of.ts";

/** How long a client waits before it comes back for a stream, in ms: as long as the SDKs' own wait the first time. */
export const RETRY_MS = 1_000;

/** The first revision whose clients take an event without data for what it is. */
const FIRST_REVISION = "2025-11-25";

/**
 * A stream that begins with an event that says where it goes on from (2025-11-25, "Resumability and Redelivery"). Without one a client whose
 * connection breaks before anything has happened does not know any more what it came for. The transport does this for POST alone.
 *
 * @param revision as the client says it; of an older one the answer is left as it is.
 */
export function primed(answer: Response, eventId: string, revision: string | null): Response {
  const { body } = answer;
  if (!answer.ok || body === null || revision === null || revision < FIRST_REVISION) return answer;
  const value = new TextEncoder().encode(`id: ${eventId}\nretry: ${RETRY_MS}\ndata: \n\n`);
  return new Response(restOf(body.getReader(), { first: { done: false, value } }), answer);
}
