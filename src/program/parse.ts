import ts from "typescript-js";
import type { Problem } from "./diagnostics.ts";

export const TOO_DEEP = "The program is nested too deeply to be parsed. Give the inner parts names of their own.";

/** TypeScript's parser did not survive this program. The message is fit for the model. */
export class Unparsable extends Error {}

// One mistake often makes the parser stumble several times; what comes after the first few says nothing new.
const MAX_ERRORS = 5;

/**
 * The syntax tree of a program, or of a module made of one. Always as TypeScript, and always as a module: `await (x)` would
 * otherwise be a call of a function named `await`.
 * @throws Unparsable for nesting beyond the stack or the parser's budget of steps, and for what makes the parser itself fail.
 */
export function parse(text: string): ts.SourceFile {
  try {
    return createFile(text);
  } catch (thrown) {
    // The parser keeps its state in variables of its module and clears them only at the end of a parse that succeeded: what it
    // remembers of this program's arrow functions would be believed about the next program, which may be another caller's.
    createFile("");
    if (thrown instanceof RangeError) throw new Unparsable(TOO_DEEP);
    throw new Unparsable(`The program cannot be parsed: ${String(thrown)}`);
  }
}

/** What the parser complained of, at most a few, in the order of the text. */
export function syntaxErrors(file: ts.SourceFile): Problem[] {
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.slice(0, MAX_ERRORS).map(({ start, messageText }) => ({
    pos: start,
    message: typeof messageText === "string" ? messageText : messageText.messageText,
  }));
}

function createFile(text: string): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    setExternalModuleIndicator: (file) => {
      // What TypeScript does itself under `moduleDetection: "force"`; the property is not in its public types.
      (file as unknown as { externalModuleIndicator: boolean }).externalModuleIndicator = true;
    },
  };
  return ts.createSourceFile("program.ts", text, options, false, ts.ScriptKind.TS);
}
