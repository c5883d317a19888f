import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript-js";

const LIB = dirname(createRequire(import.meta.url).resolve("typescript-js"));
const libraries = new Map<string, ts.SourceFile | undefined>();

function library(name: string): ts.SourceFile | undefined {
  if (!libraries.has(name)) {
    const text = ts.sys.fileExists(join(LIB, name)) ? readFileSync(join(LIB, name), "utf8") : undefined;
    libraries.set(name, text === undefined ? undefined : ts.createSourceFile(name, text, ts.ScriptTarget.ESNext));
  }
  return libraries.get(name);
}

export interface Finding {
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/** Everything that TypeScript has to say, strictly, about files given as text; globals are shared between them. */
export function compile(files: Readonly<Record<string, string>>): Finding[] {
  const sources = new Map(
    Object.entries(files).map(([name, text]) => [name, ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)]),
  );
  const host: ts.CompilerHost = {
    getSourceFile: (name) => sources.get(name) ?? library(name.slice(name.lastIndexOf("/") + 1)),
    fileExists: (name) => sources.has(name),
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => "/lib/lib.esnext.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ESNext, lib: ["lib.esnext.d.ts"], types: [] };
  const program = ts.createProgram({ rootNames: [...sources.keys()], options, host });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => ({
    file: diagnostic.file?.fileName ?? "",
    line: diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));
}

export interface Shape {
  readonly syntaxErrors: readonly string[];
  /** `const github` or `namespace github`, in order; any other statement as its kind. */
  readonly statements: readonly string[];
  /** The members of the one declared constant. */
  readonly members: readonly string[];
  /** Every identifier and string, unescaped, of the whole text; comments are not in it. */
  readonly words: readonly string[];
}

/** What a text of declarations really declares, as a parser sees it. */
export function shapeOf(text: string): Shape {
  const source = ts.createSourceFile("/shape.d.ts", text, ts.ScriptTarget.ESNext, true) as ts.SourceFile & {
    parseDiagnostics: readonly ts.Diagnostic[];
  };
  const members: string[] = [];
  const statements = source.statements.map((statement) => {
    if (ts.isModuleDeclaration(statement)) return `namespace ${statement.name.text}`;
    if (!ts.isVariableStatement(statement)) return ts.SyntaxKind[statement.kind];
    const [declaration] = statement.declarationList.declarations;
    if (declaration?.type === undefined || !ts.isTypeLiteralNode(declaration.type)) return "const of another type";
    for (const member of declaration.type.members) {
      const name = member.name;
      const plain = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "?";
      members.push(ts.isMethodSignature(member) ? plain : `${ts.SyntaxKind[member.kind]} ${plain}`);
    }
    return `const ${declaration.name.getText(source)}`;
  });
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteral(node)) words.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return {
    syntaxErrors: source.parseDiagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n")),
    statements,
    members,
    words,
  };
}

/** Whether TypeScript's own scanner takes the text as one identifier (reserved words included). */
export function isTypeScriptIdentifier(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return (
    codes.length > 0 &&
    codes.every((code, index) => (index === 0 ? ts.isIdentifierStart : ts.isIdentifierPart)(code, ts.ScriptTarget.ESNext))
  );
}

/** Every word that TypeScript's scanner knows. */
export const KEYWORDS: readonly string[] = Object.values(ts.SyntaxKind)
  .filter((kind): kind is ts.SyntaxKind => typeof kind === "number")
  .filter((kind) => kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword)
  .flatMap((kind) => ts.tokenToString(kind) ?? []);
