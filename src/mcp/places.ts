import type { Frame } from "../core/execution.ts";
import { lineAt } from "../core/source-lines.ts";

export function placeOf({ line, column }: Frame): string {
  return `program.js:${line}:${column}`;
}

/** Room for the part of a line that matters, should a program be one endless line. */
const MAX_LINE = 160;

/** The line that a place is on, with a mark under it. */
export function excerpt({ line, column }: Frame, source: string): string {
  const sourceLine = lineAt(source, line);
  const from = Math.max(0, column - 1 - MAX_LINE / 2);
  const prefix = `${line} | `;
  return `${prefix}${sourceLine.slice(from, from + MAX_LINE)}\n${" ".repeat(prefix.length + column - 1 - from)}^`;
}
