/** A text on its way through capnweb, which writes JSON: there a text may take six times its size, while bytes take four thirds. */
export type Wire<T> = T extends string ? string | Uint8Array : T extends object ? { readonly [Member in keyof T]: Wire<T[Member]> } : T;

/** Whatever is shorter fits in any case. */
const SHORT_CHARS = 1_000;

/**
 * Plain data with the texts as bytes that would take more as JSON. The other process breaks the connection over a message of more than 32 MiB,
 * whatever the limits say. Lone surrogates are lost: JSON text has none, and for people they are replaced in the end anyway.
 */
export function toWire<T>(value: T): Wire<T> {
  return mapped(value, (inner) => (typeof inner === "string" ? smaller(inner) : inner)) as Wire<T>;
}

function smaller(text: string): string | Uint8Array {
  if (text.length <= SHORT_CHARS) return text;
  const escapes = JSON.stringify(text).length - text.length;
  return escapes * 3 > text.length ? new TextEncoder().encode(text) : text;
}

/** The same data with all texts as texts. `value` comes from the other process: whatever else it is, it stays. */
export function fromWire(value: unknown): unknown {
  return mapped(value, (inner) => (inner instanceof Uint8Array ? new TextDecoder().decode(inner) : inner));
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (changed !== value || typeof value !== "object" || value === null) return changed;
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, change)]));
}
