import * as z from "zod";
import { hasReferences, referenceProblem } from "./reference-grammar.ts";

/** A string in which references are resolved at use; `problemOf` judges it now only if it holds none. */
export function text(problemOf: (value: string) => string | undefined = () => undefined) {
  return z.string().check((context) => {
    const value = context.value;
    // Node refuses a NUL with a message that quotes the whole value.
    const nul = value.includes("\0") ? "Contains a NUL character." : undefined;
    const problem = nul ?? referenceProblem(value) ?? (hasReferences(value) ? undefined : problemOf(value));
    if (problem !== undefined) context.issues.push({ code: "custom", message: problem, input: value });
  });
}

/** A string that `problemOf` judges. */
export function plain(problemOf: (value: string) => string | undefined) {
  return z.string().check((context) => {
    const problem = problemOf(context.value);
    if (problem !== undefined) context.issues.push({ code: "custom", message: problem, input: context.value });
  });
}

/** A secret: a reference and nothing else, so that the file itself can be shown to anybody. */
export function reference(what: string) {
  return plain((value) =>
    /^\$\{[^}]*\}$/.test(value) && referenceProblem(value) === undefined && hasReferences(value) && !value.includes(":-")
      ? undefined
      : `Write a reference such as \${env:NAME}, not ${what} itself.`,
  );
}

export const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: "Not the name of a header." });
