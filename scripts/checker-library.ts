/** The Checker's library: TypeScript's own declarations of the language, softened, and what a sandbox has besides. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import ts from "typescript-js";

const TYPESCRIPT_LIBRARIES = dirname(createRequire(import.meta.url).resolve("typescript-js/lib/lib.d.ts"));
const PROGRAM = resolve(import.meta.dirname, "../src/program");

/** What a sandbox does not have, or what `sandbox.d.ts` declares more briefly. */
const LEFT_OUT_FILES = /decorators|temporal|sharedmemory|esnext\.date|intl/;
const LEFT_OUT_CLASSES = words(`
  DataView BigInt64Array BigUint64Array Float16Array Float32Array Float64Array Int8Array Int16Array Int32Array Uint8ClampedArray Uint16Array
  Uint32Array`);
const LEFT_OUT = new Set([
  ...LEFT_OUT_CLASSES.flatMap((name) => [name, `${name}Constructor`, `var ${name}`]),
  ...words("ActiveXObject ClassDecorator PropertyDecorator MethodDecorator ParameterDecorator eval Intl BigIntToLocaleStringOptions"),
  ...words("IteratorConstructor PromiseFulfilledResult PromiseRejectedResult"),
  "var Iterator",
]);

/** Parameters that stay as strict as TypeScript has them: a wrong value here is always a mistake. */
const STRICT = new Set(["JSON.parse"]);

/** Parameters that take anything: an element of another type than those before is no mistake in JavaScript. */
const ANY_ARGUMENT: Readonly<Record<string, readonly string[]>> = {
  Array: ["push", "unshift", "fill", "includes", "indexOf", "lastIndexOf", "splice", "toSpliced", "with"],
  ReadonlyArray: ["includes", "indexOf", "lastIndexOf", "toSpliced", "with"],
  Map: ["get", "has", "delete", "set"],
  ReadonlyMap: ["get", "has"],
  Set: ["add", "has", "delete"],
  ReadonlySet: ["has"],
};

/** Callbacks whose result JavaScript takes as it comes. */
const ANY_RESULT = new Set(["sort", "toSorted", "reduce", "reduceRight", "replace", "replaceAll"]);

/** What the proxy itself puts beside the namespaces. */
export async function codemodeDeclarations(): Promise<string> {
  return readFile(resolve(PROGRAM, "codemode.d.ts"), "utf8");
}

/** The language and what a sandbox has besides, as one text without comments. Same input, same bytes. */
export async function checkerLibrary(): Promise<string> {
  const printer = ts.createPrinter({ removeComments: true });
  const lines: string[] = [];
  for (const text of await languageFiles()) {
    const file = parse(soften(parse(text)));
    for (const statement of globalStatements(file)) {
      if (LEFT_OUT.has(nameOf(statement))) continue;
      const printed = printer.printNode(ts.EmitHint.Unspecified, statement, file);
      lines.push(printed.replace(/^(?=var |function |const )/, "declare "));
    }
  }
  return [...lines, printer.printFile(parse(await readFile(resolve(PROGRAM, "sandbox.d.ts"), "utf8")))].join("\n").replace(/^ +/gm, "");
}

/** The files behind `lib.esnext.d.ts`, each after those that it refers to. */
async function languageFiles(): Promise<string[]> {
  const seen = new Set<string>();
  const texts: string[] = [];
  const visit = async (name: string): Promise<void> => {
    if (seen.has(name) || LEFT_OUT_FILES.test(name)) return;
    seen.add(name);
    const text = await readFile(resolve(TYPESCRIPT_LIBRARIES, `lib.${name}.d.ts`), "utf8");
    for (const [, reference = ""] of text.matchAll(/^\/\/\/ <reference lib="(.+)"/gm)) await visit(reference);
    texts.push(text);
  };
  await visit("esnext");
  return texts;
}

/** One of the files is a module, whose globals stand in `declare global`. */
function globalStatements({ statements }: ts.SourceFile): readonly ts.Statement[] {
  const block = statements.find((statement) => ts.isModuleDeclaration(statement) && statement.name.text === "global");
  if (block === undefined) return statements;
  if (!ts.isModuleDeclaration(block) || block.body === undefined || !ts.isModuleBlock(block.body)) throw new Error("not a block");
  return block.body.statements;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("lib.d.ts", text, ts.ScriptTarget.ESNext, true);
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return `var ${statement.declarationList.declarations[0]?.name.getText() ?? ""}`;
  return (statement as ts.Statement & { name?: ts.Identifier }).name?.text ?? "";
}

/**
 * The text with what JavaScript converts accepted: a number where a text is expected and the reverse, any element in any array, any
 * result of a callback that is only compared or joined.
 */
function soften(file: ts.SourceFile): string {
  const edits: { start: number; end: number; text: string }[] = [];
  const replace = (node: ts.Node, text: string) => edits.push({ start: node.getStart(file), end: node.end, text });
  const visit = (node: ts.Node): void => {
    if (isSignature(node)) softenSignature(node, replace);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  let text = file.text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

type Signature = ts.MethodSignature | ts.CallSignatureDeclaration | ts.ConstructSignatureDeclaration | ts.FunctionDeclaration;

function isSignature(node: ts.Node): node is Signature {
  return (
    ts.isMethodSignature(node) ||
    ts.isCallSignatureDeclaration(node) ||
    ts.isConstructSignatureDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}

function softenSignature(node: Signature, replace: (node: ts.Node, text: string) => void): void {
  const owner = ts.isInterfaceDeclaration(node.parent) ? node.parent.name.text : "";
  const name = node.name?.getText() ?? "";
  const [first, second] = node.parameters;
  // The overload that takes what an accumulator starts as for an element: `reduce((sum, item) => ..., {})`.
  if (name.startsWith("reduce") && node.typeParameters === undefined && second !== undefined) return replace(node, "");
  if (name === "concat" && owner.endsWith("Array") && first !== undefined) {
    replace(node, "concat<U>(...items: (U | ConcatArray<U>)[]): (T | U)[];");
    return;
  }
  const takesAny = ANY_ARGUMENT[owner]?.includes(name) === true;
  for (const { type } of node.parameters) {
    if (type === undefined) continue;
    if (takesAny && /^[TKV]$/.test(type.getText())) replace(type, "any");
    else if (takesAny && type.getText() === "T[]") replace(type, "any[]");
    else if (!STRICT.has(`${owner}.${name}`)) softenPrimitives(type, replace);
    if (ts.isFunctionTypeNode(type) && ANY_RESULT.has(name)) replace(type.type, "any");
    // `new Promise((resolve) => setTimeout(() => resolve(), 100))`.
    const [value] = ts.isFunctionTypeNode(type) ? type.parameters.flatMap((each) => resolved(each)) : [];
    if (value !== undefined) replace(value, "value?: T | PromiseLike<T>");
  }
  if (!ts.isConstructSignatureDeclaration(node)) return;
  for (const parameter of node.typeParameters ?? []) {
    if (parameter.default === undefined) replace(parameter, `${parameter.getText()} = any`);
  }
}

function resolved({ name, type }: ts.ParameterDeclaration): ts.ParameterDeclaration[] {
  if (name.getText() !== "resolve" || type === undefined || !ts.isFunctionTypeNode(type)) return [];
  return [...type.parameters];
}

/** Of a parameter's type, the text or number that it is or may be; types inside callbacks stay. */
function softenPrimitives(type: ts.TypeNode, replace: (node: ts.Node, text: string) => void): void {
  if (type.kind === ts.SyntaxKind.StringKeyword) replace(type, "AsText");
  else if (type.kind === ts.SyntaxKind.NumberKeyword) replace(type, "AsNumber");
  else if (ts.isUnionTypeNode(type)) for (const part of type.types) softenPrimitives(part, replace);
  else if (ts.isArrayTypeNode(type)) softenPrimitives(type.elementType, replace);
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
