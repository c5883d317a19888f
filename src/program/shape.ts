import ts from "typescript-js";
import { diagnosticAt } from "./diagnostics.ts";
import type { Diagnostic, Problem } from "./diagnostics.ts";
import { entryFunction, functionNames, isFunction } from "./entry.ts";
import { parse, syntaxErrors } from "./parse.ts";
import { positionAt } from "./positions.ts";
import type { Insert } from "./positions.ts";
import { isTypeImport, refusals } from "./refuse.ts";
import { blank, tidy } from "./tidy.ts";

/** A program on its way to a module. Both parts are as the model wrote it, to the column. */
export interface ShapedProgram {
  /** The program with what is no part of the module blanked: a Markdown fence, `export`, imports of types. */
  readonly text: string;
  /** What makes it a module whose default export is an async function without parameters. */
  readonly inserts: readonly Insert[];
}

const HEAD = "export default async () => {";
const RETURN = "return ";

/** Changes to a program, collected while reading its statements. */
class Draft {
  text: string;
  /** What the module ends with: after a line break, because the program may end in a `//` comment. */
  tail = "\n}";
  readonly #added: { pos: number; text: string }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  add(pos: number, text: string): void {
    this.#added.push({ pos, text });
  }

  erase(start: number, end: number): void {
    this.text = blank(this.text, start, end);
  }

  give(start: number, end: number, call: boolean): void {
    this.add(start, call ? `${RETURN}(` : RETURN);
    if (call) this.add(end, ")()");
  }

  giveNamed(name: string, call: boolean): void {
    this.tail = `\n${RETURN}${name}${call ? "()" : ""};\n}`;
  }

  finish(): ShapedProgram {
    const end = { pos: this.text.length, text: this.tail };
    const inOrder = [{ pos: 0, text: HEAD }, ...this.#added.toSorted((a, b) => a.pos - b.pos), end];
    return { text: this.text, inserts: inOrder.map((insert) => ({ ...insert, ...positionAt(this.text, insert.pos) })) };
  }
}

/**
 * Finds out what a program is meant to give and makes it a module. The program must parse by itself before anything is put
 * around it: a `}` too many could otherwise close what we opened.
 * @returns the diagnostics, at least one, if it cannot be run.
 */
export function shape(source: string): ShapedProgram | Diagnostic[] {
  const text = tidy(source);
  const file = parse(text);
  const draft = new Draft(text);
  const problems = shapeValue(file, draft) ?? shapeStatements(file, draft);
  if (problems.length === 0) return draft.finish();
  return problems.map(({ pos, message }) => diagnosticAt(source, positionAt(source, pos), message));
}

/**
 * Where a statement is expected, `{ a: 1 }` is a block and `function () {}` an error: read them once more as values.
 * @returns undefined if the program is not one of these.
 */
function shapeValue(file: ts.SourceFile, draft: Draft): Problem[] | undefined {
  const first = file.statements[0];
  const [asStatement] = syntaxErrors(file);
  if (first === undefined || !(ts.isBlock(first) || (ts.isFunctionDeclaration(first) && asStatement !== undefined))) return undefined;
  const start = first.getStart(file);
  const again = parse(file.text.slice(0, start) + RETURN + file.text.slice(start));
  const inProgram = (problems: Problem[]): Problem[] => problems.map(({ pos, message }) => ({ pos: pos - RETURN.length, message }));
  const asValue = inProgram(syntaxErrors(again));
  if (asValue[0] !== undefined) {
    // With a mistake in it, the reading that gets further is the one that was meant.
    return asStatement !== undefined && asValue[0].pos > asStatement.pos ? asValue : undefined;
  }
  const [returned, ...others] = again.statements.filter((statement) => !ts.isEmptyStatement(statement));
  if (others.length > 0 || returned === undefined || !ts.isReturnStatement(returned) || returned.expression === undefined) return undefined;
  draft.give(start, returned.expression.end - RETURN.length, isFunction(returned.expression));
  return inProgram(refusals(again));
}

function shapeStatements(file: ts.SourceFile, draft: Draft): Problem[] {
  const errors = syntaxErrors(file);
  if (errors.length > 0) return errors;
  const refused = refusals(file);
  if (refused.length > 0) return refused;
  const exported = unexport(file, draft);
  if (exported !== undefined) {
    draft.giveNamed(exported.name, exported.call);
    return [];
  }
  const body = runningStatements(file);
  const last = body.findLast((statement) => !ts.isFunctionDeclaration(statement));
  if (last !== undefined && ts.isExpressionStatement(last)) {
    draft.give(last.expression.getStart(file), last.expression.end, isFunction(last.expression));
  } else if (
    body.every((statement) => ts.isFunctionDeclaration(statement) || ts.isVariableStatement(statement) || ts.isClassDeclaration(statement))
  ) {
    const name = entryFunction(body);
    if (name !== undefined) draft.giveNamed(name, true);
  }
  return [];
}

/** Makes a program without exports of one with. Gives what stood behind `export default`, under the name it now has. */
function unexport(file: ts.SourceFile, draft: Draft): { name: string; call: boolean } | undefined {
  let exported: { name: string; call: boolean } | undefined;
  const functions = functionNames(file.statements);
  const nameIt = (pos: number, end: number): string => {
    let name = "$default";
    while (file.text.includes(name)) name += "$";
    draft.add(pos, ` const ${name} =`);
    draft.add(end, ";");
    return name;
  };
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (isTypeImport(statement) || ts.isExportDeclaration(statement)) draft.erase(start, statement.end);
    if (ts.isExportAssignment(statement)) {
      const { expression } = statement;
      draft.erase(start, expression.getStart(file));
      const call = isFunction(expression) || (ts.isIdentifier(expression) && functions.includes(expression.text));
      const end = file.text.endsWith(";", statement.end) ? statement.end - 1 : statement.end;
      exported = { name: nameIt(expression.getStart(file), end), call };
    }
    const keywords = ts.canHaveModifiers(statement)
      ? (ts.getModifiers(statement)?.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword) ??
        [])
      : [];
    for (const keyword of keywords) draft.erase(keyword.getStart(file), keyword.end);
    const byDefault = keywords.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (byDefault !== undefined && (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))) {
      const name = statement.name?.text ?? nameIt(byDefault.end, statement.end);
      exported = { name, call: ts.isFunctionDeclaration(statement) };
    }
  }
  return exported;
}

/** Without what does nothing by itself: types, `declare`, `;`, and directives such as "use strict" unless they are all there is. */
function runningStatements(file: ts.SourceFile): ts.Statement[] {
  const running = file.statements.filter((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEmptyStatement(statement)) return false;
    if (isTypeImport(statement) || ts.isExportDeclaration(statement)) return false;
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    return !modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  });
  const directives = running.findIndex((statement) => !ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression));
  return directives === -1 ? running : running.slice(directives);
}
