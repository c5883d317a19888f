import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyOf } from "../../../src/core/policy.ts";
import type { Policy, Verdict } from "../../../src/core/policy.ts";
import { narrowed, profileNamed, profileNames } from "../../../src/core/profile.ts";
import type { Profile } from "../../../src/core/profile.ts";

const ALLOW: Policy = { tools: {}, byKind: { readOnly: "allow", destructive: "allow", other: "allow" } };
const profileOf = (more: Partial<Profile> = {}): Profile => ({ policy: ALLOW, limits: {}, ...more });
const KINDS = {
  reads: { readOnlyHint: true },
  wipes: { destructiveHint: true },
  both: { readOnlyHint: true, destructiveHint: true },
  silent: undefined,
};
const toolOf = (name: string, kind: keyof typeof KINDS = "silent") => {
  const annotations = KINDS[kind];
  return { name, ...(annotations !== undefined && { annotations }) };
};

describe("the built-in readonly", () => {
  const readonly = profileNamed("readonly", {}) as Profile;

  it.each([
    ["reads", "allow"],
    ["wipes", "deny"],
    ["both", "deny"],
    ["silent", "deny"],
  ] as const)("a tool that is %s: %s", (kind, verdict) => {
    expect(narrowed(policyOf(ALLOW), readonly)("peer", toolOf("x", kind))).toBe(verdict);
    const named: Policy = { ...ALLOW, tools: { "peer.*": "allow" } };
    expect(narrowed(policyOf(named), readonly)("peer", toolOf("x", kind))).toBe(verdict);
  });

  it("keeps what the policy says of tools that only read", () => {
    const asking: Policy = { ...ALLOW, tools: { "peer.x": "ask", "peer.y": "deny" } };
    const decide = narrowed(policyOf(asking), readonly);
    expect([decide("peer", toolOf("x", "reads")), decide("peer", toolOf("y", "reads"))]).toEqual(["ask", "deny"]);
  });
});

describe("a profile", () => {
  it.each<[string, Partial<Profile>, upstream: string, tool: string, Verdict]>([
    ["nothing", {}, "peer", "list", "allow"],
    ["a server", { servers: ["peer"] }, "peer", "list", "allow"],
    ["another server", { servers: ["other"] }, "peer", "list", "deny"],
    ["no server", { servers: [] }, "peer", "list", "deny"],
    ["a tool", { tools: ["peer.list"] }, "peer", "list", "allow"],
    ["another tool", { tools: ["peer.list"] }, "peer", "lists", "deny"],
    ["a pattern", { tools: ["other.*", "peer.l?st"] }, "peer", "list", "allow"],
    ["no tool", { tools: [] }, "peer", "list", "deny"],
    ["a tool of another server", { servers: ["other"], tools: ["peer.list"] }, "peer", "list", "deny"],
    ["a verdict", { policy: { ...ALLOW, tools: { "*.list": "ask" } } }, "peer", "list", "ask"],
    ["a name of Object", { tools: ["peer.list"] }, "peer", "constructor", "deny"],
  ])("that names %s", (_, profile, upstream, tool, verdict) => {
    expect(narrowed(policyOf(ALLOW), profileOf(profile))(upstream, toolOf(tool))).toBe(verdict);
  });

  it("never makes a verdict milder", () => {
    const verdict = fc.constantFrom<Verdict>("allow", "ask", "deny");
    const patterns = fc.constantFrom("*.*", "a.*", "a.x", "b.?", "*.y");
    const policy = fc.record({
      tools: fc.dictionary(patterns, verdict),
      byKind: fc.record({ readOnly: verdict, destructive: verdict, other: verdict }),
    });
    const profile = fc.record(
      { servers: fc.subarray(["a", "b"]), tools: fc.array(patterns), policy, limits: fc.constant({}) },
      { requiredKeys: ["policy", "limits"] },
    );
    const order = ["allow", "ask", "deny"];
    const kinds = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[]));
    fc.assert(
      fc.property(policy, profile, fc.constantFrom("a", "b"), fc.constantFrom("x", "y"), kinds, (top, smaller, upstream, name, kind) => {
        const decide = policyOf(top);
        const tool = toolOf(name, kind);
        const [before, after] = [decide(upstream, tool), narrowed(decide, smaller)(upstream, tool)];
        expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });
});

it("profiles are found by their own names alone", () => {
  const configured = { review: profileOf() };
  expect(profileNames(configured)).toEqual(["readonly", "review"]);
  expect(profileNamed("review", configured)).toBe(configured.review);
  for (const name of ["constructor", "__proto__", "toString", "", "Review"]) expect(profileNamed(name, configured)).toBeUndefined();
});
