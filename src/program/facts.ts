import ts from "typescript-js";

/** What a walk over a program tells about the things in it that types do not. */
export interface Facts {
  /** Property names that the program puts on some object after it was made: `issue.age = 3`, `Object.assign(args, { page: 2 })`. */
  readonly written: ReadonlySet<string>;
  /** Variables whose object gets properties after it was made, under names that cannot be told. */
  readonly changed: ReadonlySet<ts.Symbol>;
  /** Whether some object is made with keys that cannot be told: `{ [key]: 1 }`, `counts[key] = 1`. */
  readonly computesKeys: boolean;
  /** Names that the program asks about before it uses them: `typeof process !== "undefined"`. */
  readonly probed: ReadonlySet<string>;
}

export function factsOf(file: ts.SourceFile, checker: ts.TypeChecker): Facts {
  const written = new Set<string>();
  const changed = new Set<ts.Symbol>();
  const probed = new Set<string>();
  let computesKeys = false;
  const change = (object: ts.Expression): void => {
    const symbol = checker.getSymbolAtLocation(rootOf(object));
    if (symbol !== undefined) changed.add(symbol);
  };
  const write = (target: ts.Expression): void => {
    if (ts.isPropertyAccessExpression(target)) written.add(target.name.text);
    else if (!ts.isElementAccessExpression(target)) return;
    else if (ts.isStringLiteralLike(target.argumentExpression)) written.add(target.argumentExpression.text);
    else {
      computesKeys = true;
      change(target.expression);
    }
  };
  const mix = (target: ts.Expression, source: ts.Expression): void => {
    if (ts.isStringLiteralLike(source)) written.add(source.text);
    else if (!ts.isObjectLiteralExpression(source)) change(target);
    else {
      for (const property of source.properties) {
        const name = property.name === undefined ? undefined : textOf(property.name);
        if (name === undefined) change(target);
        else written.add(name);
      }
    }
  };
  const visitCall = ({ expression, arguments: [target, ...sources] }: ts.CallExpression): void => {
    if (target === undefined) return;
    if (ts.isPropertyAccessExpression(expression) && /^(?:assign|definePropert(?:y|ies))$/.test(expression.name.text)) {
      for (const source of sources) mix(target, source);
    }
    // A function of the program's own may do the same.
    if (!ts.isIdentifier(expression)) return;
    const callee = checker.getSymbolAtLocation(expression);
    if (callee?.declarations?.some((declaration) => declaration.getSourceFile() === file) !== true) return;
    for (const each of [target, ...sources]) if (ts.isIdentifier(each)) change(each);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node)) write(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) write(node.operand);
    } else if (ts.isTypeOfExpression(node) && ts.isIdentifier(node.expression)) probed.add(node.expression.text);
    else if (ts.isComputedPropertyName(node)) computesKeys = true;
    else if (ts.isCallExpression(node)) visitCall(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { written, changed, computesKeys, probed };
}

/** `a` of `a.b[c].d`. */
export function rootOf(expression: ts.Expression): ts.Expression {
  let root = expression;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root) || ts.isNonNullExpression(root)) root = root.expression;
  return root;
}

/** `=`, `+=`, `??=` and so on. */
export function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function textOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}
