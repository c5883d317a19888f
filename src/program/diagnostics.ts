import { lineAt } from "../core/source-lines.ts";
import type { Position } from "./positions.ts";

/** One thing that is wrong with a program, at a place of the text that was sent. */
export interface Diagnostic extends Position {
  readonly message: string;
  /** The line it is about, without its line break; cut at 300 characters, so that a minified program does not flood the answer. */
  readonly sourceLine: string;
}

/** Something wrong at an offset of whatever text was being read. */
export interface Problem {
  readonly pos: number;
  readonly message: string;
}

const LINE_CHARS = 300;

export function diagnosticAt(source: string, place: Position, message: string): Diagnostic {
  const line = lineAt(source, place.line);
  const sourceLine = line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS)}…` : line;
  return { line: place.line, column: place.column, message, sourceLine };
}
