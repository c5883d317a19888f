/** What of MCP besides tools is passed on between upstreams and callers. Each can be switched off. */
type FeatureName = "resources" | "prompts" | "completions" | "logging";

export type Features = Readonly<Record<FeatureName, boolean>>;

/** What an upstream can list besides tools. */
export type ListKind = "resources" | "templates" | "prompts";

/** An item of such a list with the members that clients accept, as its upstream sent them. */
export type ListedItem = Readonly<Record<string, unknown>>;

/** A request that is passed on to an upstream as it is, but for the upstream's own URI or name in it. */
export interface FeatureRequest {
  readonly method: "resources/read" | "prompts/get" | "completion/complete";
  readonly params: Readonly<Record<string, unknown>>;
}

/** What one upstream lists of a kind. */
export interface UpstreamItems {
  readonly namespace: string;
  readonly items: readonly ListedItem[];
}
