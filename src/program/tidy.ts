/** `text` with a range turned into spaces. Length and lines stay, so that every other position does too. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, " ") + text.slice(end);
}

const FENCE_OPENING = /^\s*```[^\n\r`]*(?=[\n\r])/;
const FENCE = "```";

/**
 * Blanks what stands around a program and is not part of it: a byte order mark, a Markdown fence around the whole, a shebang
 * line. Nothing that starts with three backticks is JavaScript, yet it parses (as tagged templates): hence before parsing.
 */
export function tidy(source: string): string {
  let text = source.startsWith("\uFEFF") ? blank(source, 0, 1) : source;
  const opening = FENCE_OPENING.exec(text);
  const end = text.trimEnd().length;
  if (opening !== null && text.slice(opening[0].length, end).endsWith(FENCE)) {
    text = blank(blank(text, 0, opening[0].length), end - FENCE.length, end);
  }
  const shebang = /^\s*#!.*/.exec(text);
  return shebang === null ? text : blank(text, 0, shebang[0].length);
}
