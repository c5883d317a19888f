import ts from "typescript-js";

type Body = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** What the program returns: from the function around it, or from the function that this one calls. */
export function returnedByProgram(file: ts.SourceFile): ts.Expression[] {
  const [program] = file.statements;
  if (program === undefined || !ts.isExportAssignment(program) || !ts.isArrowFunction(program.expression)) return [];
  return returnedBy(program.expression, 0);
}

/** Whether nothing of a program can be seen from outside: it returns no value, and neither prints nor emits anything. */
export function isSilent(file: ts.SourceFile): boolean {
  return returnedByProgram(file).length === 0 && !/\b(?:console|emit)\b/.test(file.text);
}

function returnedBy(body: Body, depth: number): ts.Expression[] {
  if (body.body === undefined) return [];
  if (!ts.isBlock(body.body)) return [body.body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body.body, visit);
  if (depth > 0) return found;
  return found.flatMap((expression) => {
    const called = calledFunction(expression, body.body);
    return called === undefined ? [expression] : returnedBy(called, depth + 1);
  });
}

/** The function that `main()` or `(async () => ...)()` calls. */
function calledFunction(expression: ts.Expression, scope: ts.Node | undefined): Body | undefined {
  let at = expression;
  while (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at)) at = at.expression;
  if (!ts.isCallExpression(at)) return undefined;
  let callee: ts.Expression = at.expression;
  while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
  if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) return callee;
  if (!ts.isIdentifier(callee) || scope === undefined || !ts.isBlock(scope)) return undefined;
  const { text } = callee;
  for (const statement of scope.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body !== undefined && statement.name?.text === text) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== text || initializer === undefined) continue;
      if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return initializer;
    }
  }
  return undefined;
}
