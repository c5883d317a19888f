import { closest } from "../catalog/closest.ts";
import { clip, quote } from "../catalog/comment.ts";

const MAX_SHOWN = 3;
const MAX_CHARS = 200;
/** Many begin alike: what tells them apart is at the end. */
const MAX_COMPARED = 60;
/** A server may list ten thousand, and a program may ask as often as it likes. */
const MAX_CANDIDATES = 1_000;

/** What of `there` a program may have meant by `wanted`, a URI or a name; else some of what there is. `all` says how to get the rest. */
export function choices(wanted: string, there: readonly string[], all: string): string {
  if (there.length === 0) return "There are none.";
  const byEnd = new Map<string, string>();
  for (const each of there.slice(0, MAX_CANDIDATES)) if (!byEnd.has(endOf(each))) byEnd.set(endOf(each), each);
  const near = closest(endOf(wanted), [...byEnd.keys()], MAX_SHOWN).flatMap((end) => byEnd.get(end) ?? []);
  if (near.length > 0) return `Did you mean ${near.map(shown).join(" or ")}? ${all}`;
  const rest = there.length > MAX_SHOWN ? `, … (${there.length} in all)` : "";
  return `There are: ${there.slice(0, MAX_SHOWN).map(shown).join(", ")}${rest}. ${all}`;
}

function endOf(text: string): string {
  return text.slice(-MAX_COMPARED);
}

function shown(text: string): string {
  return quote(clip(text, MAX_CHARS));
}
