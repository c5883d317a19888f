import { CodemodeError } from "../core/errors.ts";

/** Sends one request on the way to a token: metadata, registration, tokens, revocation. */
export type SendRequest = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Metadata and token answers have some kilobytes. */
const MAX_BYTES = 262_144;

/**
 * An upstream says where its authorization server is, and may say anything: it must not make the proxy send requests into places that only
 * the proxy reaches. So it is https (which those places rarely speak, and Cloudflare's own network reaches the public internet only), or this machine if
 * the upstream is on this machine, too. Redirects are not followed (the SDK follows those within one origin itself), answers are bounded in size and time.
 */
export function authorizationFetch(upstream: URL, timeoutMs: number): SendRequest {
  return async (target, init = {}) => {
    const url = new URL(target);
    const isAllowed = url.protocol === "https:" || (isLoopback(url) && isLoopback(upstream));
    if (!isAllowed)
      throw new CodemodeError("upstream", `its authorization server would be at ${url.origin}, which is neither https nor beside it`);
    const response = await fetch(url, { redirect: "manual", ...init, signal: AbortSignal.timeout(timeoutMs) });
    const { status, statusText, headers } = response;
    const isEmpty = response.body === null || [101, 204, 205, 304].includes(status);
    return new Response(isEmpty ? null : await bounded(response), { status, statusText, headers });
  };
}

async function bounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new CodemodeError("upstream", `its authorization server answers with more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
