import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyOf } from "../../../src/core/policy.ts";
import type { Policy, Verdict } from "../../../src/core/policy.ts";
import type { ToolAnnotations } from "../../../src/core/tool.ts";

const BY_KIND: Policy["byKind"] = { readOnly: "allow", destructive: "ask", other: "allow" };

function decide(tools: Policy["tools"], name: string, annotations: ToolAnnotations = {}, byKind = BY_KIND): Verdict {
  const [upstream = "", ...rest] = name.split(".");
  return policyOf({ tools, byKind })(upstream, { name: rest.join("."), annotations });
}

describe("without a pattern that matches, the tool's own annotations decide:", () => {
  it.each<[ToolAnnotations, Verdict]>([
    [{}, "allow"],
    [{ readOnlyHint: true }, "allow"],
    [{ readOnlyHint: false }, "allow"],
    [{ destructiveHint: true }, "ask"],
    [{ destructiveHint: false }, "allow"],
    [{ readOnlyHint: false, destructiveHint: true }, "ask"],
    [{ readOnlyHint: true, destructiveHint: true }, "ask"],
    [{ openWorldHint: true, idempotentHint: true }, "allow"],
  ])("%j is %s", (annotations, verdict) => {
    expect(decide({ "other.*": "deny" }, "github.x", annotations)).toBe(verdict);
  });

  it.each<[keyof Policy["byKind"], ToolAnnotations]>([
    ["readOnly", { readOnlyHint: true }],
    ["destructive", { destructiveHint: true }],
    ["other", {}],
  ])("the verdict for %s can be any", (kind, annotations) => {
    for (const verdict of ["allow", "ask", "deny"] as const) {
      expect(decide({}, "a.b", annotations, { ...BY_KIND, [kind]: verdict })).toBe(verdict);
    }
  });
});

const TOOLS = {
  "*": "ask",
  "github.*": "allow",
  "github.delete_*": "deny",
  "github.delete_label": "allow",
  "*.search": "allow",
  "mail.send": "ask",
  "mail.sen?": "deny",
  "files.*_file": "ask",
  "files.read_*": "allow",
  "db.*drop*": "deny",
  "db.*.*": "ask",
} as const;

describe("the longest pattern wins:", () => {
  it.each<[string, Verdict]>([
    ["anything.at_all", "ask"],
    ["github.list_issues", "allow"],
    ["github.delete_repo", "deny"],
    ["github.delete_", "deny"],
    ["github.delete", "allow"],
    ["github.delete_label", "allow"],
    ["github.delete_labels", "deny"],
    ["github.search", "allow"],
    ["web.search", "allow"],
    ["web.research", "ask"],
    // As long as each other: the stricter one.
    ["mail.send", "deny"],
    ["mail.sent", "deny"],
    ["mail.sends", "ask"],
    ["files.read_file", "ask"],
    ["files.read_text", "allow"],
    ["files.write_file", "ask"],
    ["files.write", "ask"],
    ["db.drop_table", "deny"],
    ["db.table.drop.all", "deny"],
    ["db.table.read", "ask"],
    ["DB.drop_table", "ask"],
    ["githubx.delete_repo", "ask"],
    ["x.github.delete_repo", "ask"],
  ])("%s is %s", (name, verdict) => {
    expect(decide(TOOLS, name)).toBe(verdict);
  });

  it.each<[Policy["tools"], string, Verdict]>([
    [{ "a.*b": "deny", "a.b*": "allow" }, "a.bb", "deny"],
    [{ "a.*b": "allow", "a.b*": "ask" }, "a.bb", "ask"],
    [{ "a.*b": "ask", "a.b*": "deny" }, "a.bb", "deny"],
    [{ "a.**": "allow", "a.*": "deny" }, "a.x", "deny"],
    [{ "*": "deny", "a.x": "allow" }, "a.x", "allow"],
    [{ "**": "allow" }, "a.x", "allow"],
    [{ "a.?": "deny" }, "a.x", "deny"],
    [{ "a.?": "deny" }, "a.xy", "allow"],
    [{ "a.?": "deny" }, "a.", "allow"],
    [{ "?.x": "deny" }, "a.x", "deny"],
    [{ "a.x*x": "deny" }, "a.x", "allow"],
    [{ "a.x*x": "deny" }, "a.xx", "deny"],
    [{ "a.*?": "deny" }, "a.y", "deny"],
    [{ "": "deny" }, "a.x", "allow"],
    [{ "a.[x]": "deny" }, "a.x", "allow"],
    [{ "a.(x|y)": "deny" }, "a.x", "allow"],
    [{ "a.x$": "deny" }, "a.x", "allow"],
    [{ "a\\.x": "deny" }, "a.x", "allow"],
    [{ __proto__: "deny" } as never, "a.x", "allow"],
    [{ "a.constructor": "deny" }, "a.constructor", "deny"],
    [{ "a.constructor": "deny" }, "a.toString", "allow"],
    [{ "a.é*": "deny" }, "a.été", "deny"],
    [{ "a.\n*": "deny" }, "a.\nx", "deny"],
  ])("of %j for %s: %s", (tools, name, verdict) => {
    expect(decide(tools, name)).toBe(verdict);
  });
});

it("a pattern matches as a regular expression made of it would", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "."), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 }), (pattern, tool) => {
      const escaped = pattern.replace(/[.]/g, "\\.").replaceAll("*", "[^]*").replaceAll("?", "[^]");
      const expected = new RegExp(`^${escaped}$`).test(`u.${tool}`);
      expect(decide({ [pattern]: "deny" }, `u.${tool}`) === "deny").toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

it("a hostile pattern and name cost no more than their lengths", () => {
  const pattern = `${"*a".repeat(5_000)}*b`;
  expect(decide({ [pattern]: "deny" }, `u.${"a".repeat(50_000)}`)).toBe("allow");
});
