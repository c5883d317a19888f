import { declare } from "./catalog.ts";
import type { Catalog, CatalogNamespace } from "./catalog.ts";
import { LEVELS } from "./declarations.ts";
import type { Level } from "./declarations.ts";

/** What the declarations show of one namespace: `none` leaves it to the list of namespaces, which has its count. */
type Shown = Level | "none";

const DETAIL: readonly Shown[] = [...LEVELS, "none"];

export interface Budgeted {
  /** The declarations of every namespace that is ready, each at the level that it has. */
  readonly text: string;
  /** What is not shown in full, one line for each level, and how to see the rest; empty if everything is. */
  readonly note: string;
}

interface Part {
  readonly namespace: CatalogNamespace;
  shown: Shown;
  text: string;
}

/**
 * The declarations within `maxChars`, the note included: everything in full if that fits, else the namespace that takes most gives way by one level,
 * and so on until it fits; what is left then goes to those that show least. Every tool is there at its level, or its whole namespace is not: nothing
 * is cut. The same catalog gives the same text.
 */
export function withinBudget(catalog: Catalog, maxChars: number): Budgeted {
  const parts = catalog.namespaces
    .filter((namespace) => namespace.status === "ready" && namespace.tools.length > 0)
    .map((namespace): Part => ({ namespace, shown: "full", text: declare(namespace, "full") }));
  let chars = parts.reduce((sum, part) => sum + part.text.length, 0);
  // The note is made only where it decides: there may be hundreds of namespaces, each with four levels to go.
  while (chars > maxChars || chars + noteOf(parts).length > maxChars) {
    // The first of equals: the namespaces are sorted.
    const largest = parts.reduce<Part | undefined>((most, part) => (part.text.length > (most?.text.length ?? 0) ? part : most), undefined);
    if (largest === undefined) return { text: "", note: shortest(noteOf(parts), maxChars) };
    chars += show(largest, 1);
  }
  fillUp(parts, maxChars - chars);
  return { text: parts.map((part) => part.text).join(""), note: noteOf(parts) };
}

function fillUp(parts: readonly Part[], room: number): void {
  let left = room;
  const open = new Set(parts.filter(({ shown }) => shown !== "full"));
  while (open.size > 0) {
    const [least] = [...open].sort((a, b) => DETAIL.indexOf(b.shown) - DETAIL.indexOf(a.shown));
    if (least === undefined) return;
    const more = show(least, -1);
    const fits = more + noteOf(parts).length <= left;
    if (fits) left -= more;
    else show(least, 1);
    if (!fits || least.shown === "full") open.delete(least);
  }
}

/** Takes a part some levels down, or up; returns how many characters longer it is then. */
function show(part: Part, levels: 1 | -1): number {
  const before = part.text.length;
  part.shown = DETAIL[DETAIL.indexOf(part.shown) + levels] ?? part.shown;
  part.text = part.shown === "none" ? "" : declare(part.namespace, part.shown);
  return part.text.length - before;
}

const NOTES: Readonly<Record<Exclude<Shown, "full">, string>> = {
  brief: "Shortened, most remarks left out",
  signature: "Without remarks",
  name: "Names alone",
  none: "Not shown",
};
const REST = 'codemode.search("words") finds any tool with its signature; codemode.describe("server.tool") tells all of it.';

function noteOf(parts: readonly { readonly namespace: CatalogNamespace; readonly shown: Shown }[]): string {
  const lines = (Object.keys(NOTES) as (keyof typeof NOTES)[]).flatMap((shown) => {
    const names = parts.filter((part) => part.shown === shown).map(({ namespace }) => namespace.name);
    return names.length === 0 ? [] : [`${NOTES[shown]}: ${names.length === parts.length ? "all servers" : names.join(", ")}.`];
  });
  return lines.length === 0 ? "" : [...lines, REST].join("\n");
}

/** Where hardly anything fits, how to go on is worth more than what is missing. */
function shortest(note: string, maxChars: number): string {
  return note.length <= maxChars ? note : REST.length <= maxChars ? REST : "";
}
