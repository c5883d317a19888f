/** The authenticated party of a request. */
export interface Caller {
  /** The name of its Workspace; never chosen by a client. */
  readonly id: string;
  /** For people to read: the token's name, or who signed in. */
  readonly name: string;
  /** The profile that is all it gets. */
  readonly profile?: string;
}

/** Whoever has `AUTH_TOKEN` or the passphrase, and everybody where no token is asked for. */
export const OWNER: Caller = { id: "owner", name: "owner" };
