/** A JSON Schema as an upstream sent it: hostile input, possibly not a schema at all. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** One tool of an upstream, as far as the proxy understands it. `name` is the upstream's own. */
export interface Tool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  readonly annotations?: ToolAnnotations;
  /** As sent: only handed on, to a caller that sees the tool itself. */
  readonly icons?: readonly unknown[];
  /** As sent: only handed on. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

export interface ToolAnnotations {
  readonly title?: string;
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** A tool that was left out of the catalog because its own definition is broken, or because no call of it can succeed. */
export interface SkippedTool {
  readonly name: string;
  readonly why: string;
  /** Nothing is wrong with its definition: the proxy lacks what it needs, and a model need not know of it. */
  readonly unsupported?: true;
}

/** What is known of one upstream at one moment. */
export interface UpstreamListing {
  /** The configured key. */
  readonly key: string;
  readonly status: "connecting" | "ready" | "sign_in" | "unavailable";
  /** Why it is unavailable, or what its user has to sign in for: one line without secrets. */
  readonly why?: string;
  /** The upstream's own instructions from its handshake. */
  readonly instructions?: string;
  /** Its URL asks it to take programs instead of calls. */
  readonly codeMode?: true;
  /** It has some, or says so. */
  readonly resources?: true;
  readonly prompts?: true;
  readonly tools: readonly Tool[];
  readonly skipped: readonly SkippedTool[];
}

/** How far an upstream with OAuth is, as the command `auth` tells it. */
export interface ConnectionState {
  readonly status: UpstreamListing["status"];
  readonly why?: string;
  readonly tools: number;
  /** Where its user connects it, if that is what it wants. */
  readonly link?: string;
}

/** One upstream as `/healthz` tells it. */
export interface UpstreamStatus {
  readonly status: UpstreamListing["status"];
  readonly why?: string;
  readonly tools: number;
  readonly skipped: number;
}
