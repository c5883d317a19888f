/** Longer names are texts. */
const MAX_NAME_CHARS = 40;
const MAX_DIGITS = 3;
/** A letter first, then letters, digits, `_`, `-`, `$`; up to three such words. No dots, slashes, colons or at signs: paths, addresses, hosts. */
const NAME = /^[$@_]*\p{L}[\p{L}\p{M}\p{N}_$-]*(?: [\p{L}\p{M}\p{N}_$-]+){0,2}$/u;
/** Hashes and identifiers: `deadbeef01`, `U02ABCDEF`, `PROJ-12`. */
const IDENTIFIERS = /^(?=.*\d)(?:[\da-f_-]{8,}|[\dA-Z_-]{6,}|[A-Z]+-\d+)$/;

/**
 * Whether the name of a property is itself data: an identifier, a date, an address, a path, a sentence. An object that has such names is a map,
 * and they say as much about the upstream's users as the values do.
 */
export function isDataName(name: string): boolean {
  if (name.length > MAX_NAME_CHARS || !NAME.test(name)) return true;
  return (name.match(/\d/g) ?? []).length > MAX_DIGITS || IDENTIFIERS.test(name);
}
