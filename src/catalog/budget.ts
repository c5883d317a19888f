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

/**
 * The declarations within `maxChars`, the note included: everything in full if that fits, else the namespace that takes most gives way by one level,
 * and so on until it fits. Every tool is there at its level, or its whole namespace is not: nothing is cut. The same catalog gives the same text.
 */
export function withinBudget(catalog: Catalog, maxChars: number): Budgeted {
  const parts = catalog.namespaces
    .filter((namespace) => namespace.status === "ready" && namespace.tools.length > 0)
    .map((namespace) => ({ namespace, shown: "full" as Shown, text: declare(namespace, "full") }));
  let chars = parts.reduce((sum, part) => sum + part.text.length, 0);
  for (;;) {
    if (chars <= maxChars) {
      const note = noteOf(parts);
      if (chars + note.length <= maxChars) return { text: parts.map((part) => part.text).join(""), note };
    }
    // The first of equals: the namespaces are sorted.
    const largest = parts.reduce<(typeof parts)[number] | undefined>(
      (most, part) => (part.text.length > (most?.text.length ?? 0) ? part : most),
      undefined,
    );
    if (largest === undefined) return { text: "", note: shortest(noteOf(parts), maxChars) };
    chars -= largest.text.length;
    largest.shown = DETAIL[DETAIL.indexOf(largest.shown) + 1] ?? "none";
    largest.text = largest.shown === "none" ? "" : declare(largest.namespace, largest.shown);
    chars += largest.text.length;
  }
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
