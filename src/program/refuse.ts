import ts from "typescript-js";
import type { Problem } from "./diagnostics.ts";

const NO_IMPORTS = "Nothing can be imported here. Remove this: the tools are globals, called as `await namespace.tool({ ... })`.";

// Hardly any program holds one of these, and without one there is nothing to look for. Keywords cannot be written with escapes.
const SUSPECT = /@|\b(?:import|export|require|accessor)\b/;

/** What parses, but cannot be run in a sandbox: modules from elsewhere, and syntax that no engine has yet. */
export function refusals(file: ts.SourceFile): Problem[] {
  if (!SUSPECT.test(file.text)) return [];
  const problems: Problem[] = [];
  const visit = (node: ts.Node): void => {
    const message = refusal(node);
    if (message !== undefined) problems.push({ pos: node.getStart(file), message });
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

/** Whether a statement is there for its types alone, so that erasing it whole changes nothing. */
export function isTypeImport(node: ts.Node): boolean {
  if (ts.isImportEqualsDeclaration(node) || ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function refusal(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return isTypeImport(node) ? undefined : NO_IMPORTS;
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier === undefined || node.isTypeOnly ? undefined : NO_IMPORTS;
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const imports =
      expression.kind === ts.SyntaxKind.ImportKeyword ||
      // `import.defer(...)` and `import.source(...)`.
      (ts.isMetaProperty(expression) && expression.keywordToken === ts.SyntaxKind.ImportKeyword) ||
      (ts.isIdentifier(expression) && expression.text === "require" && node.arguments.length > 0);
    return imports ? NO_IMPORTS : undefined;
  }
  if (ts.isExportAssignment(node) && node.isExportEquals === true)
    return "`export =` has no meaning here. Write `export default` or `return`.";
  if (node.kind === ts.SyntaxKind.Decorator) return "Decorators do not exist in JavaScript yet. Call the function yourself.";
  if (node.kind === ts.SyntaxKind.AccessorKeyword) return "`accessor` does not exist in JavaScript yet. Write a getter and a setter.";
  return undefined;
}
