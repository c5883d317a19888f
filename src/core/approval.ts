/** What a person has said of a call that the policy leaves to one. */
export interface Approval {
  /** It holds for this call, for all calls of this tool in this execution, for all of them from now on; or the call is not made. */
  readonly answer: "once" | "execution" | "always" | "no";
  /** When it was said, in ms since 1970. */
  readonly at: number;
}
