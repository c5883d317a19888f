import { LINE_END } from "../core/source-lines.ts";

/** A place in a text. Both count from 1; columns count UTF-16 units, as V8's stacks and TypeScript's diagnostics do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Text that shaping put into a program, and where in the program as it was sent. A list of them is in order of `pos`, and only
 * the last one may hold line breaks: it begins with one and stands at the very end, so that no line of the program ever moves.
 */
export interface Insert extends Position {
  /** Offset in the program, in UTF-16 units. */
  readonly pos: number;
  readonly text: string;
}

/** The place of an offset of `text`. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (const end of text.matchAll(LINE_END)) {
    const next = end.index + end[0].length;
    if (next > offset) break;
    line++;
    start = next;
  }
  return { line, column: offset - start + 1 };
}

/** `text` with every insert at its place. */
export function insertAll(text: string, inserts: readonly Insert[]): string {
  let result = "";
  let done = 0;
  for (const insert of inserts) {
    result += text.slice(done, insert.pos) + insert.text;
    done = insert.pos;
  }
  return result + text.slice(done);
}

/**
 * A place in the module (of a stack frame `program.js:LINE:COLUMN`, say) as a place in the program that was sent. What lies
 * inside an insert gets the place of the insert.
 */
export function toOriginal(inserts: readonly Insert[], line: number, column: number): Position {
  let shift = 0;
  for (const insert of inserts) {
    if (insert.line < line && insert.text.startsWith("\n")) return { line: insert.line, column: insert.column };
    if (insert.line !== line) continue;
    const start = insert.column + shift;
    if (column < start) break;
    if (column < start + insert.text.length) return { line, column: insert.column };
    shift += insert.text.length;
  }
  return { line, column: column - shift };
}
