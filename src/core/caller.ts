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

/** How the app tells a Workspace the name of its caller, percent-encoded. What a client sends under it never arrives. */
export const CALLER_HEADER = "x-codemode-caller";
