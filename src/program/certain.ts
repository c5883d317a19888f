import ts from "typescript-js";
import { ARITHMETIC, CALLS, CERTAIN, COMPARISONS, COUNTS, ITERATION, NAMES, PROPERTIES, VALUES } from "./codes.ts";
import { rootOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import {
  assignedIn,
  calleeAt,
  callAround,
  comparedAt,
  isAlternative,
  isInType,
  nameIn,
  iteratedAt,
  nodeAt,
  ownerOf,
  sinkOf,
  sourceOf,
} from "./places.ts";
import { isCallable, isIterable, isNamespace, isOfTools, isOpen, isPromise, originOf, partsOf } from "./types.ts";
import type { CheckedFile } from "./type-checker.ts";

/**
 * Whether what TypeScript says of a program will also be true when it runs. TypeScript judges what an author meant; a program is refused
 * only for what cannot end well. Codes without a row are never reported.
 */
export class Certainty {
  readonly #file: ts.SourceFile;
  readonly #checker: ts.TypeChecker;
  readonly #facts: Facts;
  readonly #typed: boolean;
  /** Variables and properties that hold values of another type than TypeScript believes, because the program assigned one. */
  readonly #reused = new Set<ts.Symbol>();

  constructor({ file, checker, diagnostics }: CheckedFile, facts: Facts, typed: boolean) {
    this.#file = file;
    this.#checker = checker;
    this.#facts = facts;
    this.#typed = typed;
    for (const each of diagnostics) {
      const target = VALUES.has(each.code) ? assignedIn(nodeAt(file, each)) : undefined;
      const symbol = target === undefined ? undefined : checker.getSymbolAtLocation(target);
      if (symbol !== undefined) this.#reused.add(symbol);
    }
  }

  isCertain(diagnostic: ts.DiagnosticWithLocation): boolean {
    const node = nodeAt(this.#file, diagnostic);
    if (isInType(node)) return false;
    const { code } = diagnostic;
    if (CERTAIN.has(code)) return true;
    if (NAMES.has(code)) return !this.#facts.probed.has(node.getText(this.#file));
    if (PROPERTIES.has(code)) return this.#propertyIsMissing(node);
    if (VALUES.has(code)) return this.#valueIsWrong(node, diagnostic);
    if (CALLS.has(code)) return this.#cannotBeCalled(node);
    if (COUNTS.has(code)) return this.#calleeOrigin(node) === "tools";
    if (ITERATION.has(code)) return this.#isCertainlyNot(iteratedAt(node), (type) => !isIterable(this.#checker, type));
    if (ARITHMETIC.has(code)) return this.#cannotBeCalculated(node);
    if (COMPARISONS.has(code)) return this.#isNeverEqual(node);
    return false;
  }

  /** `node` is the name of the property, wherever it stands. */
  #propertyIsMissing(node: ts.Node): boolean {
    const name = nameIn(node, this.#file);
    const owner = ownerOf(node);
    if (owner === undefined || this.#isUnsure(owner.value)) return false;
    const symbol = owner.value === undefined ? undefined : this.#checker.getSymbolAtLocation(rootOf(owner.value));
    if (symbol !== undefined && this.#facts.changed.has(symbol)) return false;
    if (ts.isPropertyAccessExpression(node.parent) && isAlternative(node.parent)) return false;
    return partsOf(this.#checker.getTypeAtLocation(owner.typed)).every((type) => this.lacks(type, name));
  }

  /** Whether no value of this type can have the property, however the program goes about it. */
  lacks(type: ts.Type, name: string): boolean {
    if (isOpen(type)) return false;
    if (isPromise(type)) return true;
    if (this.#checker.getPropertyOfType(type, name) !== undefined) return false;
    if (isNamespace(type)) return true;
    if (this.#facts.written.has(name)) return false;
    const declaration = type.symbol?.declarations?.[0];
    if (declaration === undefined) return true;
    // `{}` stands for an object that is about to be filled, or for any value that is not null.
    if (this.#checker.getPropertiesOfType(type).length === 0) return false;
    if (ts.isObjectLiteralExpression(declaration) && (this.#facts.computesKeys || declaration.properties.length === 0)) return false;
    if (originOf(type.symbol) === "tools") return !ASKED_OF_ANY_ANSWER.has(name);
    return !ts.isSourceFile(declaration) && !ts.isFunctionLike(declaration);
  }

  #valueIsWrong(node: ts.Node, { messageText }: ts.Diagnostic): boolean {
    if (LENIENT.test(leafOf(messageText))) return false;
    const missing = missingIn(leafOf(messageText));
    if (missing.some((name) => this.#facts.written.has(name))) return false;
    const { sink, value } = sinkOf(node);
    if (sink === undefined || this.#isUnsure(value)) return false;
    if (missing.length > 0 && ts.isIdentifier(value)) {
      const symbol = this.#checker.getSymbolAtLocation(value);
      if (symbol !== undefined && this.#facts.changed.has(symbol)) return false;
    }
    if (ts.isCallExpression(sink) || ts.isNewExpression(sink)) {
      switch (this.#calleeOrigin(sink)) {
        case "tools":
          return true;
        case "program":
          return this.#typed;
        default:
          return this.#libraryRefuses(sink);
      }
    }
    return this.#typed && !ts.isBinaryExpression(sink);
  }

  /**
   * JavaScript turns nearly everything into what a function of the language wants. Not so a promise or an answer into a text or a number,
   * an object into the text that is parsed, or a plain value into a callback.
   */
  #libraryRefuses({ expression, arguments: values }: ts.CallExpression | ts.NewExpression): boolean {
    const isParse = expression.getText(this.#file) === "JSON.parse";
    return (values ?? []).some((value) => {
      const type = this.#checker.getTypeAtLocation(value);
      if (isPromise(type)) return true;
      const wanted = this.#checker.getContextualType(value);
      if (wanted === undefined || isOpen(type)) return false;
      const wantsPlain = partsOf(wanted).some((part) => (part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0);
      if (wantsPlain) return isOfTools(type) || (isParse && (type.flags & ts.TypeFlags.Object) !== 0);
      return isCallable(this.#checker, wanted) && (type.flags & PLAIN) !== 0;
    });
  }

  #cannotBeCalled(node: ts.Node): boolean {
    const callee = calleeAt(node);
    if (callee === undefined) return false;
    if (ts.isPropertyAccessExpression(callee) && this.#facts.written.has(callee.name.text)) return false;
    if (ts.isNewExpression(callee.parent)) return originOf(this.#checker.getTypeAtLocation(callee).symbol) === "tools";
    return this.#isCertainlyNot(callee, (type) => !isCallable(this.#checker, type));
  }

  #cannotBeCalculated(node: ts.Node): boolean {
    const operation = ts.isBinaryExpression(node) ? node : node.parent;
    const operands = ts.isBinaryExpression(operation) ? [operation.left, operation.right] : [node as ts.Expression];
    if (operands.some((operand) => this.#isUnsure(operand))) return false;
    const types = operands.map((operand) => this.#checker.getTypeAtLocation(operand));
    if (types.some((type) => isPromise(type) || isOfTools(type))) return true;
    const isBig = (type: ts.Type) => (type.flags & ts.TypeFlags.BigIntLike) !== 0;
    const isNumber = (type: ts.Type) => (type.flags & ts.TypeFlags.NumberLike) !== 0;
    const compares = ts.isBinaryExpression(operation) && /^[<>]=?$/.test(operation.operatorToken.getText(this.#file));
    return !compares && types.some(isBig) && types.some(isNumber);
  }

  /** TypeScript follows assignments and checks, and believes that nothing else happens meanwhile; what is declared holds all the same. */
  #isNeverEqual(node: ts.Node): boolean {
    const [left, right] = comparedAt(node);
    if (left === undefined || right === undefined) return false;
    const declared = (expression: ts.Expression): ts.Type | undefined => {
      const symbol = ts.isPropertyAccessExpression(expression) ? this.#checker.getSymbolAtLocation(expression.name) : undefined;
      return symbol !== undefined && originOf(symbol) === "tools" ? this.#checker.getTypeOfSymbol(symbol) : undefined;
    };
    const type = declared(left) ?? declared(right);
    const other = declared(left) === undefined ? left : right;
    if (type === undefined || isOpen(type) || this.#isUnsure(left) || this.#isUnsure(right)) return false;
    const literal = this.#checker.getTypeAtLocation(other);
    return (literal.flags & ts.TypeFlags.Literal) !== 0 && !this.#checker.isTypeAssignableTo(literal, type);
  }

  #isCertainlyNot(node: ts.Node | undefined, isNot: (type: ts.Type) => boolean): boolean {
    if (node === undefined || !ts.isExpression(node) || this.#isUnsure(node)) return false;
    return partsOf(this.#checker.getTypeAtLocation(node)).every((type) => !isOpen(type) && isNot(type));
  }

  #calleeOrigin(node: ts.Node): ReturnType<typeof originOf> {
    const call = callAround(node);
    const declaration = call === undefined ? undefined : this.#checker.getResolvedSignature(call)?.declaration;
    return declaration === undefined ? undefined : originOf({ declarations: [declaration] } as unknown as ts.Symbol);
  }

  /** Whether a value comes from a variable that was used again for something else. */
  #isUnsure(expression: ts.Node | undefined, depth = 0): boolean {
    if (expression === undefined || this.#reused.size === 0 || depth > 8) return false;
    let unsure = false;
    const visit = (node: ts.Node): void => {
      if (unsure || (ts.isFunctionLike(node) && node !== expression)) return;
      if (ts.isIdentifier(node)) {
        const symbol = this.#checker.getSymbolAtLocation(node);
        if (symbol !== undefined && originOf(symbol) !== "library") {
          unsure = this.#reused.has(symbol) || this.#isUnsure(sourceOf(symbol), depth + 1);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(expression);
    return unsure;
  }
}

/** What a cautious program asks of an answer, whether declared or not. */
const ASKED_OF_ANY_ANSWER = new Set(["error", "errors", "isError", "err", "failure"]);

/**
 * Reasons for which the value may be right after all: a text that is one of the literals that are asked for, a list that has the wanted
 * length, an optional property that is there.
 */
const LENIENT = new RegExp(
  [
    `^Type 'string' is not assignable to type '[^{]*"`,
    "^Type 'number' is not assignable to type '[^{]*\\b\\d",
    "^Type 'boolean' is not assignable to type '[^{]*\\b(?:true|false)\\b",
    "^(?:Argument of type|Type) '(?:unknown|object)' is not assignable",
    "^Target requires|^Source has|^Target allows only",
    "^Property '.*' is optional in type",
    "^Index signature for type '.*' is missing in type",
  ].join("|"),
);
const PLAIN = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike;

/** The last and most exact of a chain of messages. */
function leafOf(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message === "string") return message;
  const last = message.next?.at(-1);
  return last === undefined ? message.messageText : leafOf(last);
}

/** The properties that a message calls missing. */
function missingIn(leaf: string): string[] {
  const [, one] = /^Property '([^']+)' is missing in type/.exec(leaf) ?? [];
  const [, list] = /is missing the following properties from type .*: ([\w$, ]+?)(?:,? and \d+ more\.)?$/.exec(leaf) ?? [];
  return one === undefined ? (list?.split(", ") ?? []) : [one];
}
