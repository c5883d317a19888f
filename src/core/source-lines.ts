/** What ends a line of a program for V8 and for TypeScript alike. A position is only worth something if everybody counts the same lines. */
export const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** The text of one line, counted from 1, without what ends it; empty beyond the last. */
export function lineAt(text: string, line: number): string {
  return text.split(LINE_END, line)[line - 1] ?? "";
}
