/**
 * Which text of the API: the declarations at one level of detail, what programs are checked against, or the description of the execute tool as a
 * model is shown it.
 */
export const API_TEXT_KINDS = ["full", "brief", "signature", "name", "checked", "description"] as const;
export type ApiTextKind = (typeof API_TEXT_KINDS)[number];

/** The API as text, and what is missing in it. */
export interface ApiText {
  /** Ends in a line break unless it is empty. */
  readonly text: string;
  /** Upstreams that are not ready, by their configured keys. */
  readonly missing: readonly { readonly upstream: string; readonly why: string }[];
  /** Tools that were left out because their definitions are broken. */
  readonly skipped: readonly { readonly upstream: string; readonly name: string; readonly why: string }[];
}
