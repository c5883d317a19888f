import type { Tool } from "./tool.ts";

/** What may happen to a call: it runs, a person is asked first, or the tool does not exist for the caller. */
export type Verdict = "allow" | "ask" | "deny";

/** What an upstream says of a tool itself, if it says anything. */
type ToolKind = "readOnly" | "destructive" | "other";

export interface Policy {
  /** `<upstream>.<tool>` with `*` for any text and `?` for one character -> verdict. The names are the configured key and the upstream's own. */
  readonly tools: Readonly<Record<string, Verdict>>;
  /** Where no pattern matches. */
  readonly byKind: Readonly<Record<ToolKind, Verdict>>;
}

/** From mild to strict: of two patterns that say as much, the stricter one holds. */
const STRICTNESS: readonly Verdict[] = ["allow", "ask", "deny"];

export function stricterOf(one: Verdict, other: Verdict): Verdict {
  return STRICTNESS.indexOf(one) > STRICTNESS.indexOf(other) ? one : other;
}

/** A policy made ready: `upstream` is the configured key. */
export type Decide = (upstream: string, tool: Pick<Tool, "name" | "annotations">) => Verdict;

/**
 * The verdict of the longest pattern that matches, the stricter one if two are as long, and else that of the tool's kind. A pattern is as long as
 * what it says: `*` counts for nothing.
 */
export function policyOf({ tools, byKind }: Policy): Decide {
  const rules = Object.entries(tools)
    .map(([pattern, verdict]) => ({ parts: pattern.split("*"), length: pattern.replaceAll("*", "").length, verdict }))
    .sort((a, b) => b.length - a.length || STRICTNESS.indexOf(b.verdict) - STRICTNESS.indexOf(a.verdict));
  return (upstream, tool) => {
    const name = `${upstream}.${tool.name}`;
    return rules.find(({ parts }) => matches(name, parts))?.verdict ?? byKind[kindOf(tool)];
  };
}

/** A tool that says both is believed the worse. The words are the upstream's own: a hint, no promise. */
function kindOf({ annotations }: Pick<Tool, "annotations">): ToolKind {
  if (annotations?.destructiveHint === true) return "destructive";
  return annotations?.readOnlyHint === true ? "readOnly" : "other";
}

/** Whether `name` is the parts with any text between them. Greedy from the left, in one pass: a hostile name costs no more than a long one. */
function matches(name: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (!fits(name, 0, first)) return false;
  if (last === undefined) return name.length === first.length;
  let at = first.length;
  for (const part of rest) {
    while (at + part.length <= name.length && !fits(name, at, part)) at += 1;
    if (at + part.length > name.length) return false;
    at += part.length;
  }
  return name.length - last.length >= at && fits(name, name.length - last.length, last);
}

function fits(name: string, at: number, part: string): boolean {
  if (at + part.length > name.length) return false;
  for (let index = 0; index < part.length; index += 1) if (part[index] !== "?" && part[index] !== name[at + index]) return false;
  return true;
}
