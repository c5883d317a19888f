/**
 * A reference: `${NAME}`, `${env:NAME}`, `${NAME:-default}` or `${env:NAME:-default}`. A default ends at the first `}` and holds no
 * reference itself, so that a text reads one way only.
 */
const REFERENCE = /\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{)[^}])*))?\}/g;

/** Puts what `resolve` returns in place of each reference. The result is not scanned again. */
export function replaceReferences(value: string, resolve: (name: string, fallback: string | undefined) => string): string {
  return value.replace(REFERENCE, (_whole, name: string, fallback: string | undefined) => resolve(name, fallback));
}

export function hasReferences(value: string): boolean {
  return value.search(REFERENCE) !== -1;
}

/**
 * What is wrong with the references in a text, as one sentence that does not quote the text; undefined if nothing is. Everything that
 * begins like a reference has to be one: sent as it stands, a mistyped `${MY-TOKEN}` would only show as a refused login.
 */
export function referenceProblem(value: string): string | undefined {
  const rest = value.replace(REFERENCE, " ");
  if (rest.includes("${input:")) {
    return "VS Code's ${input:...} asks a person and cannot be resolved here. Write ${env:NAME} and set NAME in the environment.";
  }
  if (rest.includes("${")) {
    return "Contains a ${...} that is no reference. Write ${env:NAME} or ${env:NAME:-default}; NAME has letters, digits and _ only.";
  }
  return undefined;
}
