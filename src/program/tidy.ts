/** `text` with a range turned into spaces. Length and lines stay, so that every other position does too. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, " ") + text.slice(end);
}

const FENCE_OPENING = /^\s*```[^\n\r`]*(?=[\n\r])/;
const FENCE_LINE = /^[ \t]*```[^\n\r`]*$/gm;
const FENCE = "```";

/**
 * Blanks what stands around a program and is not part of it: a byte order mark, a Markdown fence and the prose around it, a shebang
 * line. Nothing that starts with three backticks is JavaScript, yet it parses (as tagged templates): hence before parsing.
 */
export function tidy(source: string): string {
  const text = unfenced(source.startsWith("\uFEFF") ? blank(source, 0, 1) : source);
  const shebang = /^\s*#!.*/.exec(text);
  return shebang === null ? text : blank(text, 0, shebang[0].length);
}

function unfenced(text: string): string {
  const opening = FENCE_OPENING.exec(text);
  const end = text.trimEnd().length;
  if (opening !== null && text.slice(opening[0].length, end).endsWith(FENCE)) {
    return blank(blank(text, 0, opening[0].length), end - FENCE.length, end);
  }
  // Of two blocks nobody knows which is meant, or whether both are.
  const [first, last, ...more] = text.matchAll(FENCE_LINE);
  if (first === undefined || last === undefined || more.length > 0 || last[0].trim() !== FENCE) return text;
  const isComment = text.lastIndexOf("/*", first.index) > text.lastIndexOf("*/", first.index);
  return isComment ? text : blank(blank(text, 0, first.index + first[0].length), last.index, text.length);
}
