import type { LimitName } from "./limits.ts";
import { policyOf, stricterOf } from "./policy.ts";
import type { Decide, Policy } from "./policy.ts";

/** A smaller proxy: everything in it can only take away. */
export interface Profile {
  /** Configured keys; absent, all upstreams. */
  readonly servers?: readonly string[];
  /** Patterns as in a policy; absent, all tools. */
  readonly tools?: readonly string[];
  readonly policy: Policy;
  /** Smaller ones. */
  readonly limits: { readonly [Name in (typeof PROFILE_LIMITS)[number]]?: number | undefined };
}

/** The limits that hold for one execution. The others belong to the Workspace, or to the machine, which profiles share. */
export const PROFILE_LIMITS = [
  "programBytes",
  "executionMs",
  "calls",
  "callsInFlight",
  "inFlightBytes",
  "drainMs",
  "argumentBytes",
  "callResultBytes",
  "resultChars",
  "blocks",
  "blockBytes",
  "consoleChars",
  "consoleLines",
  "parkMs",
  "questions",
] as const satisfies readonly LimitName[];

export const READ_ONLY_PROFILE = "readonly";

/** What calls itself read-only, and nothing else, whatever patterns of the policy say. */
const READ_ONLY: Profile = {
  policy: { tools: {}, byKind: { readOnly: "allow", destructive: "deny", other: "deny" } },
  limits: {},
};

/** The profile of this name, of those that are configured or built in. */
export function profileNamed(name: string, configured: Readonly<Record<string, Profile>>): Profile | undefined {
  if (name === READ_ONLY_PROFILE) return READ_ONLY;
  return Object.hasOwn(configured, name) ? configured[name] : undefined;
}

export function profileNames(configured: Readonly<Record<string, unknown>>): string[] {
  return [READ_ONLY_PROFILE, ...Object.keys(configured)];
}

/** The verdicts in a profile: what is not in it does not exist, and of two verdicts the stricter one holds. */
export function narrowed(decide: Decide, { servers, tools, policy }: Profile): Decide {
  const offers = servers === undefined ? undefined : new Set(servers);
  const inTools = tools === undefined ? undefined : policyOf({ tools: allowing(tools), byKind: NOTHING });
  const further = policyOf(policy);
  return (upstream, tool) => {
    if (offers?.has(upstream) === false || inTools?.(upstream, tool) === "deny") return "deny";
    return stricterOf(decide(upstream, tool), further(upstream, tool));
  };
}

const NOTHING: Policy["byKind"] = { readOnly: "deny", destructive: "deny", other: "deny" };

function allowing(patterns: readonly string[]): Policy["tools"] {
  return Object.fromEntries(patterns.map((pattern) => [pattern, "allow" as const]));
}
