import type ts from "typescript-js";
import { diagnosticAt } from "./diagnostics.ts";
import type { Diagnostic, Problem } from "./diagnostics.ts";
import { parse, syntaxErrors } from "./parse.ts";
import { insertAll, positionAt, toOriginal } from "./positions.ts";
import type { Insert } from "./positions.ts";
import { shape } from "./shape.ts";

/** A program that could be read: as it was sent, and as the module that it becomes, with its types. */
export interface Reading {
  readonly source: string;
  readonly text: string;
  readonly inserts: readonly Insert[];
  readonly file: ts.SourceFile;
}

/**
 * Reads a program in whichever form it was sent.
 * @returns the diagnostics, at least one, if it cannot be run.
 * @throws Unparsable, RangeError for nesting beyond the stack.
 */
export function read(source: string): Reading | Diagnostic[] {
  const shaped = shape(source);
  if (!("inserts" in shaped)) return shaped;
  const { inserts } = shaped;
  const text = insertAll(shaped.text, inserts);
  const reading = { source, text, inserts, file: parse(text) };
  const errors = syntaxErrors(reading.file);
  return errors.length > 0 ? errors.map((problem) => inSource(reading, problem)) : reading;
}

/** A problem of the module, at its place in what was sent. */
export function inSource({ source, text, inserts }: Pick<Reading, "source" | "text" | "inserts">, { pos, message }: Problem): Diagnostic {
  const { line, column } = positionAt(text, pos);
  return diagnosticAt(source, toOriginal(inserts, line, column), message);
}
