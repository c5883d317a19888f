import type { CallToolResult } from "@modelcontextprotocol/server";
import type { CallContext, ProgressUpdate, Relay } from "../core/relay.ts";

/** What one request brings to an errand, and what the errand may use of it while the request lasts. */
export interface Visitor {
  /** Fires when the caller cancels. */
  readonly signal: AbortSignal;
  /** Absent if the caller does not want to know. */
  readonly progress?: (update: ProgressUpdate) => void;
}

/**
 * What one `tools/call` has set going: an execution, or a call that is passed through. It belongs to the Workspace, not to a request: requests
 * visit it, and it ends when its work does, or when the last visitor cancels.
 */
export class Errand implements Relay {
  readonly #visitors = new Set<Visitor>();
  readonly #stop = new AbortController();
  readonly #result: Promise<CallToolResult>;
  #latest: ProgressUpdate | undefined;

  /** `work` begins at once. It may reject: then every visitor gets the error. */
  constructor(work: (context: CallContext) => Promise<CallToolResult>) {
    this.#result = work({ signal: this.#stop.signal, relay: this });
    // Nobody may be there when it fails.
    this.#result.catch(() => undefined);
  }

  /** Resolves with the result, once there is one. Rejects as the work does. */
  async visit(visitor: Visitor): Promise<CallToolResult> {
    const onAbort = () => this.#leave(visitor);
    this.#visitors.add(visitor);
    visitor.signal.addEventListener("abort", onAbort);
    if (visitor.signal.aborted) onAbort();
    if (this.#latest !== undefined) visitor.progress?.(this.#latest);
    try {
      return await this.#result;
    } finally {
      visitor.signal.removeEventListener("abort", onAbort);
      this.#visitors.delete(visitor);
    }
  }

  progress(update: ProgressUpdate): void {
    this.#latest = update;
    for (const visitor of this.#visitors) visitor.progress?.(update);
  }

  #leave(visitor: Visitor): void {
    this.#visitors.delete(visitor);
    if (this.#visitors.size === 0) this.#stop.abort();
  }
}
