import { DANGEROUS_PROPERTIES, RESERVED_NAMES } from "./reserved.ts";

/**
 * Letters that may stay in an identifier: ASCII, and the scripts whose Unicode blocks have been stable for years. JavaScript allows more,
 * but TypeScript's tables lag behind V8's, and invisible letters (Hangul fillers, joiners, variation selectors) look like nothing.
 */
const STABLE = String.raw`[\u{80}-\u{86f}\u{900}-\u{bff}\u{d00}-\u{eff}\u{10a0}-\u{11ff}\u{1e00}-\u{1fff}\u{3040}-\u{30ff}\u{3400}-\u{9fff}\u{ac00}-\u{d7a3}]`;
const START = String.raw`[A-Za-z_$[[\p{ID_Start}&&${STABLE}]--\p{DI}]]`;
const PART = String.raw`[\w$[[\p{ID_Continue}&&${STABLE}]--\p{DI}]]`;
const IDENTIFIER = new RegExp(`^${START}${PART}*$`, "v");
const STARTS_WELL = new RegExp(`^${START}`, "v");
const OTHERS = new RegExp(`[^${PART}]+`, "gv");

const RESERVED: ReadonlySet<string> = new Set(RESERVED_NAMES);
const DANGEROUS: ReadonlySet<string> = new Set(DANGEROUS_PROPERTIES);

/** Whether `name` is written without quotes as a property, unchanged by Unicode normalising. Reserved words are: `{ delete: 1 }`. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && name === name.normalize("NFC");
}

/** Any text as an identifier: every run of other characters becomes one `_`. Not unique, possibly a reserved word. */
export function toIdentifier(name: string): string {
  if (isIdentifier(name)) return name;
  // A model writes composed letters; the decomposed spelling of the same word must not be another name.
  const text = name.normalize("NFC").replace(OTHERS, "_");
  return STARTS_WELL.test(text) ? text : `_${text}`;
}

/**
 * The namespace of a configured upstream key: `github` stays, `get-url` -> `get_url`, `1x` -> `_1x`, `fetch` -> `fetch_`.
 * Never shadows a global of the sandbox. Two keys can have one namespace; the configuration refuses that.
 */
export function namespaceOf(key: string): string {
  let name = toIdentifier(key);
  while (RESERVED.has(name)) name += "_";
  return name;
}

/**
 * The identifiers of one upstream's tools, by tool name. A name that is an identifier keeps it, except `DANGEROUS_PROPERTIES`, which get a
 * trailing `_`. Others are made identifiers; where two meet, `_2`, `_3` ... follow the sorted names, so that the order of the list never matters.
 */
export function identifiersOf(toolNames: readonly string[]): Map<string, string> {
  const names = [...new Set(toolNames)].sort();
  const keeps = (name: string): boolean => isIdentifier(name) && !DANGEROUS.has(name);
  const taken = new Set(names.filter(keeps));
  const nextOf = new Map<string, number>();
  const identifiers = new Map<string, string>();
  for (const name of names) {
    if (keeps(name)) {
      identifiers.set(name, name);
      continue;
    }
    const made = toIdentifier(name);
    const base = DANGEROUS.has(made) ? `${made}_` : made;
    let identifier = base;
    let next = nextOf.get(base) ?? 2;
    while (taken.has(identifier)) identifier = `${base}_${next++}`;
    nextOf.set(base, next);
    taken.add(identifier);
    identifiers.set(name, identifier);
  }
  return identifiers;
}
