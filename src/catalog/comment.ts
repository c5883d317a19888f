/** Upstream text on its way into comments and literals of the declarations. All of it is hostile. */

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
/**
 * What a reader cannot see: controls, bidi overrides, zero-width characters, the tag characters and variation selectors that carry
 * hidden text. Joiners stay, because emoji and several scripts need them.
 */
const INVISIBLE = /[[\p{Cc}\p{Cf}\u{e0100}-\u{e01ef}]--[\s\u200c\u200d]]/gv;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The lines of a text, white space collapsed, invisible characters removed, no blank line at either end and no two in a row. */
export function commentLines(text: string): string[] {
  const lines = text.split(LINE_END).map(foldLine);
  const kept = lines.filter((line, index) => line !== "" || (index > 0 && lines[index - 1] !== ""));
  if (kept.at(-1) === "") kept.pop();
  return kept;
}

/** The whole text on one line. */
export function foldLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+|\u0085/gu, " ")
    .replace(INVISIBLE, "")
    .replace(/ {2,}/gu, " ")
    .trim();
}

/** A string as a double-quoted TypeScript literal in which every character can be seen. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, (character) => {
    const units = character.length === 1 ? [character.charCodeAt(0)] : [character.charCodeAt(0), character.charCodeAt(1)];
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}

/** The beginning of a text that is longer than `chars` UTF-16 units, with an ellipsis. */
export function clip(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars - 1).toWellFormed()}…`;
}
