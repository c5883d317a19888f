import ts from "typescript-js";
import type { Certainty } from "./certain.ts";
import { returnedByProgram } from "./returns.ts";
import { calledTool, isArray, isNamespace, isOfTools, isOpen, isPromise, partsOf } from "./types.ts";
import type { CheckedFile } from "./type-checker.ts";
import { unknownTool } from "./wording.ts";

/** Not among the public methods of a checker. */
interface Suggesting extends ts.TypeChecker {
  getSuggestedSymbolForNonexistentProperty(name: string, type: ts.Type): ts.Symbol | undefined;
}

/** What is wrong, and with which part of the program. */
export interface BrokenRule {
  readonly node: ts.Node;
  readonly message: string;
}

const ADD_AWAIT = "This is a Promise, not its result: add `await`.";

/** Mistakes that TypeScript lets pass: it has no opinion on promises that become text, on `object["name"]`, or on keys in a variable. */
export function brokenRules({ file, checker }: CheckedFile, certainty: Certainty): BrokenRule[] {
  const broken: BrokenRule[] = [];
  const report = (node: ts.Node, message: string) => broken.push({ node, message });
  const suggest = (type: ts.Type, name: string) => (checker as Suggesting).getSuggestedSymbolForNonexistentProperty(name, type)?.name;

  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node)) visitElement(node);
    else if (ts.isTemplateSpan(node)) refusePromise(node.expression);
    else if (ts.isBinaryExpression(node)) visitOperation(node);
    else if (ts.isIfStatement(node) || ts.isWhileStatement(node)) refuseCall(node.expression);
    else if (ts.isConditionalExpression(node)) refuseCall(node.condition);
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) refuseCall(node.operand);
    else if (ts.isCallExpression(node)) visitCall(node);
    ts.forEachChild(node, visit);
  };

  const visitElement = ({ expression, argumentExpression }: ts.ElementAccessExpression): void => {
    if (!ts.isStringLiteralLike(argumentExpression)) return;
    const type = checker.getTypeAtLocation(expression);
    const name = argumentExpression.text;
    if (!isOfTools(type) || checker.getIndexInfosOfType(type).length > 0 || !certainty.lacks(type, name)) return;
    const near = suggest(type, name);
    const message = `Property '${name}' does not exist here.${near === undefined ? "" : ` Did you mean '${near}'?`}`;
    report(argumentExpression, isNamespace(type) ? unknownTool(checker, type, name, message) : message);
  };

  const isPromised = (node: ts.Expression): boolean => isPromise(checker.getTypeAtLocation(node));
  const refusePromise = (node: ts.Expression): void => {
    if (isPromised(node)) report(node, ADD_AWAIT);
  };
  /** A promise in a variable may be asked whether it is there; one that was just made is always there. */
  const refuseCall = (node: ts.Expression): void => {
    if (ts.isCallExpression(node)) refusePromise(node);
  };

  const visitOperation = ({ left, right, operatorToken: { kind } }: ts.BinaryExpression): void => {
    if (kind === ts.SyntaxKind.PlusToken || EQUALITY.has(kind)) {
      for (const operand of [left, right]) if (ts.isCallExpression(operand) || kind === ts.SyntaxKind.PlusToken) refusePromise(operand);
    } else if (kind === ts.SyntaxKind.AmpersandAmpersandToken) refuseCall(left);
  };

  const visitCall = (call: ts.CallExpression): void => {
    const [first] = call.arguments;
    if (first === undefined) return;
    const callee = call.expression.getText(file);
    if (/^(?:JSON\.stringify|String|Number|Object\.(?:keys|values|entries))$/.test(callee)) {
      refusePromise(first);
      for (const promised of promisesIn(checker, first)) report(promised, ADD_AWAIT);
    }
    const tool = calledTool(checker, call);
    if (tool !== undefined) visitArguments(first);
  };

  const visitArguments = (input: ts.Expression): void => {
    const wanted = checker.getContextualType(input);
    if (wanted === undefined || isOpen(wanted) || partsOf(wanted).length > 1 || checker.getIndexInfosOfType(wanted).length > 0) return;
    if (ts.isObjectLiteralExpression(input)) for (const property of input.properties) visitNull(property, wanted);
    const given = checker.getTypeAtLocation(input);
    // A literal without a spread is compared key by key by TypeScript itself.
    if (ts.isObjectLiteralExpression(input) && !input.properties.some(ts.isSpreadAssignment)) return;
    if (isOpen(given) || partsOf(given).length > 1) return;
    for (const property of checker.getPropertiesOfType(given)) {
      if (checker.getPropertyOfType(wanted, property.name) !== undefined) continue;
      const near = suggest(wanted, property.name);
      if (near === undefined || checker.getPropertyOfType(given, near) !== undefined) continue;
      const declaration = property.valueDeclaration;
      const place = declaration?.getSourceFile() === file ? declaration : input;
      report(place, `'${property.name}' is not a parameter of the tool. Did you mean '${near}'?`);
    }
  };

  /** Without `strictNullChecks` TypeScript takes `null` for anything; a tool does not. */
  const visitNull = (property: ts.ObjectLiteralElementLike, wanted: ts.Type): void => {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return;
    const value = property.initializer.getText(file);
    if (value !== "null" && value !== "undefined") return;
    const declaration = checker.getPropertyOfType(wanted, property.name.getText(file))?.valueDeclaration;
    if (declaration === undefined || !ts.isPropertySignature(declaration) || declaration.type === undefined) return;
    if (value === "undefined" ? declaration.questionToken !== undefined : allowsNull(declaration.type)) return;
    report(property.initializer, `'${property.name.getText(file)}' cannot be ${value} here.`);
  };

  visit(file);
  for (const returned of returnedByProgram(file)) {
    for (const promised of promisesIn(checker, returned)) report(promised, ADD_AWAIT);
    const type = checker.getAwaitedType(checker.getTypeAtLocation(returned));
    const item = type !== undefined && isArray(checker, type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
    if (item !== undefined && isPromise(item) && !ts.isArrayLiteralExpression(returned)) {
      report(returned, "This is a list of promises, not of results: write `await Promise.all(...)` around it.");
    }
  }
  return broken;
}

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** The promises that are members of a literal. */
function promisesIn(checker: ts.TypeChecker, node: ts.Expression): ts.Expression[] {
  const members = ts.isArrayLiteralExpression(node)
    ? [...node.elements]
    : ts.isObjectLiteralExpression(node)
      ? node.properties.flatMap((property) =>
          ts.isPropertyAssignment(property) ? [property.initializer] : ts.isShorthandPropertyAssignment(property) ? [property.name] : [],
        )
      : [];
  return members.filter((member) => isPromise(checker.getTypeAtLocation(member)));
}

/** Types whose text says that `null` is welcome, or does not say. */
function allowsNull(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(allowsNull);
  return ts.isTypeReferenceNode(type)
    ? type.typeName.getText() !== "Array"
    : type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword || type.getText() === "null";
}
