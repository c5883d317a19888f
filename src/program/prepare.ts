import { diagnosticAt } from "./diagnostics.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { TOO_DEEP, Unparsable } from "./parse.ts";
import type { Insert } from "./positions.ts";
import { inSource, read } from "./reading.ts";
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
  const reading = read(source);
  if (!("file" in reading)) return refuse(reading);
  const { code, problems } = strip(reading.file);
  if (problems.length > 0) return refuse(problems.map((problem) => inSource(reading, problem)));
  return { ok: true, module: code, inserts: reading.inserts, typed: code !== reading.text };
}

function refuse(diagnostics: readonly Diagnostic[]): PrepareResult {
  return { ok: false, diagnostics };
}
