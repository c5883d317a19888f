import ts from "typescript-js";

/** What models call the function that is the program, best first. */
const ENTRY_NAMES = ["main", "run", "execute", "handler"];

/** Whether an expression is a function as it stands, looking through parentheses and type assertions. */
export function isFunction(expression: ts.Expression): boolean {
  let inner = expression;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  ) {
    inner = inner.expression;
  }
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner);
}

/** The names of the functions that these statements declare: `function f() {}` and `const f = () => {}`. */
export function functionNames(statements: readonly ts.Statement[]): string[] {
  return statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement))
      return statement.body !== undefined && statement.name !== undefined ? [statement.name.text] : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer !== undefined && isFunction(initializer) ? [name.text] : [],
    );
  });
}

/**
 * The function that a program of nothing but declarations is meant to be: the one with a telling name, or the only one when
 * there is nothing else. A function that the program already uses for one of its values has run by itself: calling it again
 * would do everything twice.
 */
export function entryFunction(statements: readonly ts.Statement[]): string | undefined {
  const names = functionNames(statements);
  const values = statements.filter((statement) => !ts.isFunctionDeclaration(statement) && functionNames([statement]).length === 0);
  const telling = ENTRY_NAMES.find((name) => names.includes(name));
  if (telling !== undefined) return values.some((statement) => mentions(statement, telling)) ? undefined : telling;
  return names.length === 1 && values.length === 0 ? names[0] : undefined;
}

function mentions(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) && node.text === name) || ts.forEachChild(node, (child) => mentions(child, name) || undefined) === true;
}
