import ts from "typescript-js";
import { calledTool } from "./types.ts";
import type { CheckedFile } from "./type-checker.ts";

/** What is odd about a program, and where; a program is never refused for it. */
export interface Warning {
  readonly node: ts.Node;
  readonly message: string;
}

/** Calls whose result nobody waits for. */
export function warningsOf({ file, checker }: CheckedFile): Warning[] {
  const warnings: Warning[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) warnings.push(...unawaited(node.expression, checker));
    if (ts.isCallExpression(node) && isAsyncForEach(node)) {
      const message =
        "forEach does not wait for its async function: use `for (const item of list)`, or `await Promise.all(list.map(...))`.";
      warnings.push({ node: node.expression.name, message });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return warnings;
}

function unawaited(expression: ts.Expression, checker: ts.TypeChecker): Warning[] {
  if (ts.isParenthesizedExpression(expression)) return unawaited(expression.expression, checker);
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].flatMap((each) => unawaited(each, checker));
  if (ts.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken;
    const chooses =
      kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    return chooses || kind === ts.SyntaxKind.CommaToken ? unawaited(expression.right, checker) : [];
  }
  const tool = ts.isCallExpression(expression) ? calledTool(checker, expression) : undefined;
  // What is emitted is not waited for.
  if (tool === undefined || tool === "codemode.emit") return [];
  return [{ node: expression, message: `${tool} is called without \`await\`: the program goes on before it has an answer.` }];
}

function isAsyncForEach(call: ts.CallExpression): call is ts.CallExpression & { expression: ts.PropertyAccessExpression } {
  const [callback] = call.arguments;
  if (callback === undefined || !ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== "forEach") return false;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return false;
  return ts.getModifiers(callback)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
}
