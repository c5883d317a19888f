import ts from "typescript-js";

/** Where a thing is declared: in the program, by the tools' declarations, or in the library. */
export type Origin = "program" | "tools" | "library";

/** File names of the tools' declarations begin with it. */
export const TOOLS = "tools/";

/** What the proxy itself puts beside the namespaces. */
export const OURS = "codemode";

export function originOf(symbol: ts.Symbol | undefined): Origin | undefined {
  const name = symbol?.declarations?.[0]?.getSourceFile().fileName;
  if (name === undefined) return undefined;
  if (name.startsWith(`/${TOOLS}`)) return "tools";
  return name.startsWith("/program") ? "program" : "library";
}

export function partsOf(type: ts.Type): readonly ts.Type[] {
  return (type.flags & ts.TypeFlags.Union) === 0 ? [type] : (type as ts.UnionType).types;
}

/** Whether nothing can be said about a value of this type. */
export function isOpen(type: ts.Type): boolean {
  return (
    (type.flags &
      (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never | ts.TypeFlags.NonPrimitive | ts.TypeFlags.TypeParameter)) !==
    0
  );
}

export function isPromise(type: ts.Type): boolean {
  return type.symbol?.name === "Promise" && originOf(type.symbol) === "library";
}

/** An object that a tool takes or gives, or a namespace. */
export function isOfTools(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Object) !== 0 && originOf(type.symbol) === "tools";
}

/** What a namespace is: its members are the tools. */
export function isNamespace(type: ts.Type): boolean {
  return isOfTools(type) && type.symbol.name === "Tools" && (type.symbol.flags & ts.SymbolFlags.Interface) !== 0;
}

export function isArray(checker: ts.TypeChecker, type: ts.Type): boolean {
  return checker.isArrayLikeType(type) || checker.isTupleType(type);
}

export function isIterable(checker: ts.TypeChecker, type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.StringLike) !== 0 || isArray(checker, type)) return true;
  return checker.getPropertiesOfType(type).some(({ escapedName }) => /^__@(?:asyncI|i)terator@/.test(escapedName as string));
}

export function isCallable(checker: ts.TypeChecker, type: ts.Type): boolean {
  const { Call, Construct } = ts.SignatureKind;
  return [Call, Construct].some((kind) => checker.getSignaturesOfType(type, kind).length > 0);
}

/** The tool that a call calls, as `namespace.identifier`, under whatever name the program calls it. */
export function calledTool(checker: ts.TypeChecker, call: ts.CallLikeExpression): string | undefined {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  return declaration === undefined ? undefined : toolAround(declaration);
}

/** The tool that a part of the tools' declarations belongs to. */
export function toolAround(node: ts.Node): string | undefined {
  const namespace = namespaceAround(node);
  if (namespace === undefined) return undefined;
  let at = node;
  while (!ts.isMethodSignature(at)) {
    if (ts.isSourceFile(at)) return undefined;
    at = at.parent;
  }
  const { name } = at;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? `${namespace}.${name.text}` : undefined;
}

/** Whether this is a method of `codemode`, whose arguments stand one behind the other. */
export function isOurs(tool: string): boolean {
  return tool.startsWith(`${OURS}.`);
}

/** The namespace that declares a symbol. */
export function namespaceOf(symbol: ts.Symbol): string {
  const declaration = symbol.declarations?.[0];
  return (declaration === undefined ? undefined : namespaceAround(declaration)) ?? "";
}

/** `codemode` has namespaces of its own. */
function namespaceAround(node: ts.Node): string | undefined {
  const own = /^\/tools\/(.*)\.d\.ts$/.exec(node.getSourceFile().fileName)?.[1];
  if (own !== OURS) return own;
  const names: string[] = [];
  for (let at = node; !ts.isSourceFile(at); at = at.parent) if (ts.isModuleDeclaration(at)) names.unshift(at.name.text);
  return names.join(".");
}
