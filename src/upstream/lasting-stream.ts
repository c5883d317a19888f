import type { McpSubscription } from "@modelcontextprotocol/client";

/** How long after its end a stream is opened again for the first time. */
export const FIRST_WAIT_MS = 1_000;

export interface LastingStreamDeps {
  readonly open: () => Promise<McpSubscription>;
  /** False when nobody needs the stream any more. */
  readonly isNeeded: () => boolean;
  /** Something may have been missed since the stream ended. */
  readonly onReopened: () => void;
  /** The longest wait between two attempts, in ms. */
  readonly retryMs: number;
}

/**
 * Opens a stream of `subscriptions/listen` again, however it ends, except by us: the SDK leaves that to its user. Each attempt waits twice as long as the one before,
 * and so does a server that ends every stream soon. Resolves when the stream is not needed any more. Never rejects.
 */
export async function keepOpen(first: McpSubscription, { open, isNeeded, onReopened, retryMs }: LastingStreamDeps): Promise<void> {
  let stream = first;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const openedAt = Date.now();
    if ((await stream.closed) === "local") return;
    if (Date.now() - openedAt >= retryMs) waitMs = FIRST_WAIT_MS;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (!isNeeded()) return;
      waitMs = Math.min(2 * waitMs, retryMs);
      try {
        stream = await open();
        break;
      } catch {
        // It is not back yet.
      }
    }
    onReopened();
  }
}
