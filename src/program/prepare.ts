import { diagnosticAt } from "./diagnostics.ts";
import type { Diagnostic, Problem } from "./diagnostics.ts";
import { parse, syntaxErrors, TOO_DEEP, Unparsable } from "./parse.ts";
import { insertAll, positionAt, toOriginal } from "./positions.ts";
import type { Insert } from "./positions.ts";
import { shape } from "./shape.ts";
import { strip } from "./strip.ts";

/** A program made ready to run, or why it cannot be. */
export type PrepareResult =
  | {
      readonly ok: true;
      /** An ES module of plain JavaScript; its default export is an async function without parameters. */
      readonly module: string;
      /** For `toOriginal`: from places in the module to places in what was sent. */
      readonly inserts: readonly Insert[];
      /** Whether the program has type syntax. */
      readonly typed: boolean;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Makes a module of a program, TypeScript or JavaScript, in whichever of the usual forms a model wrote it. Pure. Whatever the
 * source holds is answered with a result: what this throws is a mistake of ours.
 */
export function prepare(source: string): PrepareResult {
  try {
    return prepareParsable(source);
  } catch (thrown) {
    if (thrown instanceof Unparsable) return refuse([diagnosticAt(source, { line: 1, column: 1 }, thrown.message)]);
    // Walking a tree takes other amounts of stack than building it.
    if (thrown instanceof RangeError) return refuse([diagnosticAt(source, { line: 1, column: 1 }, TOO_DEEP)]);
    throw thrown;
  }
}

function prepareParsable(source: string): PrepareResult {
  const shaped = shape(source);
  if (!("inserts" in shaped)) return refuse(shaped);
  const { text, inserts } = shaped;
  const wrapped = insertAll(text, inserts);
  const inSource = ({ pos, message }: Problem): Diagnostic => {
    const { line, column } = positionAt(wrapped, pos);
    return diagnosticAt(source, toOriginal(inserts, line, column), message);
  };
  const file = parse(wrapped);
  const errors = syntaxErrors(file);
  if (errors.length > 0) return refuse(errors.map(inSource));
  const { code, problems } = strip(file);
  if (problems.length > 0) return refuse(problems.map(inSource));
  return { ok: true, module: code, inserts, typed: code !== wrapped };
}

function refuse(diagnostics: readonly Diagnostic[]): PrepareResult {
  return { ok: false, diagnostics };
}
