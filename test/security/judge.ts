import { expect } from "vitest";
import { textOf } from "./attack.ts";
import type { Arrived, Attack } from "./attack.ts";
import { INNOCENT_TOOL } from "./innocent.ts";

/** How an execution ended, as its caller and its upstreams saw it. */
interface Seen {
  readonly kind: string;
  /** All blocks, as the caller reads them. */
  readonly text: string;
  readonly calls: readonly Arrived[];
}

export function judge(attack: Attack, { kind, text, calls }: Seen): void {
  const wanted = textOf(attack);
  expect({ kind, text }).toEqual({
    kind: attack.expected.kind,
    text: typeof wanted === "string" ? wanted : (expect.stringMatching(wanted) as string),
  });
  const others = calls.filter(({ tool }) => tool !== "flood" && tool !== INNOCENT_TOOL);
  expect(inOrder(others)).toEqual(inOrder(attack.calls ?? []));
}

/** Calls that are under way at once arrive in any order. */
function inOrder(calls: readonly Arrived[]): Arrived[] {
  return calls.toSorted((a, b) => (a.tool < b.tool ? -1 : 1));
}
