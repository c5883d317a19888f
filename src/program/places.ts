import ts from "typescript-js";
import { isAssignment, rootOf } from "./facts.ts";

/** The smallest node that covers what a diagnostic is about. */
export function nodeAt(file: ts.SourceFile, { start, length }: ts.DiagnosticWithLocation): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.end < start + length) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Types are gone when the program runs. */
export function isInType(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
    if (ts.isInterfaceDeclaration(at) || ts.isTypeAliasDeclaration(at)) return true;
  }
  return false;
}

/** The expression whose property a name stands for, and the node that has its type. */
export function ownerOf(name: ts.Node): { typed: ts.Node; value: ts.Expression | undefined } | undefined {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return { typed: parent.expression, value: parent.expression };
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === name)
    return { typed: parent.expression, value: parent.expression };
  if (!ts.isBindingElement(parent)) return undefined;
  const pattern = parent.parent;
  return { typed: pattern, value: ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined };
}

/** `label.name ?? label`: one of several guesses, of which another is about the same object. */
export function isAlternative(access: ts.PropertyAccessExpression): boolean {
  const root = rootOf(access).getText();
  let at: ts.Node = access;
  while (
    ts.isPropertyAccessExpression(at.parent) ||
    ts.isParenthesizedExpression(at.parent) ||
    (ts.isCallExpression(at.parent) && at.parent.expression === at)
  )
    at = at.parent;
  const { parent } = at;
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind !== ts.SyntaxKind.QuestionQuestionToken && kind !== ts.SyntaxKind.BarBarToken) return false;
  const other = parent.left === at ? parent.right : parent.left;
  return mentionsText(other, root);
}

function mentionsText(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) && node.text === name) || ts.forEachChild(node, (child) => mentionsText(child, name) || undefined) === true;
}

/** What a wrong value is given to, and the value as a whole. */
export function sinkOf(node: ts.Node): { sink: ts.Node | undefined; value: ts.Node } {
  let value = node;
  for (;;) {
    const { parent } = value;
    if (parent === undefined || ts.isSourceFile(parent)) return { sink: undefined, value };
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return { sink: parent, value };
    if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent)) {
      return { sink: parent.type === undefined ? undefined : parent, value: parent.initializer ?? value };
    }
    if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return { sink: parent, value };
    if (ts.isBinaryExpression(parent) && isAssignment(parent)) return { sink: parent, value };
    if (ts.isStatement(parent)) return { sink: undefined, value };
    value = parent;
  }
}

/** The left side, if this is about an assignment to it. */
export function assignedIn(node: ts.Node): ts.Node | undefined {
  const { sink } = sinkOf(node);
  if (sink === undefined || !ts.isBinaryExpression(sink)) return undefined;
  return ts.isPropertyAccessExpression(sink.left) ? sink.left.name : sink.left;
}

export function callAround(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) if (ts.isCallExpression(at) || ts.isNewExpression(at)) return at;
  return undefined;
}

/** TypeScript points at the last name of what is called. */
export function calleeAt(node: ts.Node): ts.Expression | undefined {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if ((ts.isCallExpression(at.parent) || ts.isNewExpression(at.parent)) && at.parent.expression === at) return at as ts.Expression;
    if (ts.isTaggedTemplateExpression(at.parent) && at.parent.tag === at) return at as ts.Expression;
    if (ts.isStatement(at)) return undefined;
  }
  return undefined;
}

/** Of a pattern, what it takes apart. */
export function iteratedAt(node: ts.Node): ts.Node | undefined {
  if (!ts.isArrayBindingPattern(node)) return node;
  return ts.isVariableDeclaration(node.parent) ? node.parent.initializer : undefined;
}

export function comparedAt(node: ts.Node): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node)) return [node.left, node.right];
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return [parent.left, parent.right];
  return ts.isCaseClause(parent) ? [parent.expression, parent.parent.parent.expression] : [];
}

/** The expression that a variable's value comes from: its initializer, what it loops over, or the call that it is a parameter of. */
export function sourceOf(symbol: ts.Symbol): ts.Node | undefined {
  let at: ts.Node | undefined = symbol.declarations?.[0];
  while (at !== undefined && (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at))) at = at.parent;
  if (at === undefined) return undefined;
  if (ts.isVariableDeclaration(at)) {
    const loop = at.parent.parent;
    return ts.isForOfStatement(loop) ? loop.expression : at.initializer;
  }
  if (!ts.isParameter(at)) return undefined;
  const call = at.parent.parent;
  return call !== undefined && ts.isCallExpression(call) ? call.expression : undefined;
}

/** A property's name as it is written, without quotes. */
export function nameIn(node: ts.Node, file: ts.SourceFile): string {
  return ts.isStringLiteralLike(node) ? node.text : node.getText(file);
}
