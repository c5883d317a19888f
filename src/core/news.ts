import type { LogMessage } from "./log-message.ts";

/** What an upstream tells without being asked, besides that its tools have changed. */
export type News = { readonly namespace: string } & (
  | { readonly kind: "list_changed"; readonly list: "resources" | "prompts" }
  /** `uri` is the upstream's own, of a resource that somebody watches or of a part of one. */
  | { readonly kind: "updated"; readonly uri: string }
  /** In no call, or in one of somebody that cannot be told: what was told to a caller already is the same object. */
  | { readonly kind: "log"; readonly message: LogMessage }
);
