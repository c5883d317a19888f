import ts from "typescript-js";
import { Certainty } from "./certain.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { factsOf } from "./facts.ts";
import { nodeAt } from "./places.ts";
import { read, inSource } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { Recent } from "./recent.ts";
import { isSilent } from "./returns.ts";
import { brokenRules } from "./rules.ts";
import { strip } from "./strip.ts";
import { declarationFile, ProgramChecker } from "./type-checker.ts";
import type { CheckedFile } from "./type-checker.ts";
import { OURS, TOOLS } from "./types.ts";
import { warningsOf } from "./warnings.ts";
import { namespaceLacking, toolConcerned, wordingOf } from "./wording.ts";

/** One namespace as programs are checked against it. `id` stands for the text: who sends it knows both, the Checker may know it already. */
export interface CheckedNamespace {
  readonly name: string;
  readonly id: string;
  readonly text?: string;
}

/** What there is to say of a program. */
export interface Checked {
  readonly kind: "checked";
  /** What certainly goes wrong. */
  readonly problems: readonly CheckedProblem[];
  /** What is merely odd. */
  readonly warnings: readonly Diagnostic[];
  /** Whether the program returns nothing, and neither prints nor emits anything. */
  readonly silent: boolean;
}

export type CheckResult =
  | Checked
  /** Some text is not known here: ask again with all of them. */
  | { readonly kind: "unknown" };

/** A reason to refuse a program. */
export interface CheckedProblem extends Diagnostic {
  /** The tool that is misused, as `namespace.identifier`. */
  readonly tool?: string;
  /** The namespace that has no tool of the name that is used. */
  readonly unknownIn?: string;
}

/** More says nothing new. */
const MAX_PROBLEMS = 10;
const MAX_WARNINGS = 3;
/** What one checker has learned of so many programs is a few megabytes. */
const PROGRAMS_PER_CHECKER = 64;
/** Callers with different tools have different checkers. */
const MAX_CHECKERS = 4;
const MAX_NAMESPACES = 200;

/** All checking of types in one isolate: parses declarations once, keeps checkers warm, forgets the oldest of both. */
export class Checks {
  readonly #texts: { readonly library: string; readonly codemode: string };
  #library: readonly ts.SourceFile[] = [];
  readonly #namespaces = new Recent<ts.SourceFile>(MAX_NAMESPACES);
  readonly #checkers = new Recent<{ readonly checker: ProgramChecker; programs: number }>(MAX_CHECKERS);

  /** @param texts the declarations that every program is checked against. */
  constructor(texts: { readonly library: string; readonly codemode: string }) {
    this.#texts = texts;
  }

  /** @throws RangeError if it takes more than `steps` of the compiler's. */
  check(source: string, namespaces: readonly CheckedNamespace[], steps: number): CheckResult {
    const key = namespaces.map(({ name, id }) => `${name}:${id}`).join();
    const checker = this.#checkerFor(key, namespaces);
    if (checker === undefined) return { kind: "unknown" };
    try {
      return checkWith(checker, source, steps);
    } catch (error) {
      this.#checkers.delete(key);
      throw error;
    }
  }

  #checkerFor(key: string, namespaces: readonly CheckedNamespace[]): ProgramChecker | undefined {
    const known = this.#checkers.get(key);
    if (known !== undefined && known.programs < PROGRAMS_PER_CHECKER) {
      known.programs += 1;
      return known.checker;
    }
    const files: ts.SourceFile[] = [];
    for (const namespace of namespaces) {
      const file = this.#fileOf(namespace);
      if (file === undefined) return undefined;
      files.push(file);
    }
    // Not before it is needed: a Worker has little time to start.
    if (this.#library.length === 0) {
      this.#library = [declarationFile("library", this.#texts.library), declarationFile(TOOLS + OURS, this.#texts.codemode)];
    }
    const checker = new ProgramChecker([...this.#library, ...files]);
    this.#checkers.set(key, { checker, programs: 1 });
    return checker;
  }

  #fileOf({ name, id, text }: CheckedNamespace): ts.SourceFile | undefined {
    const key = `${name}:${id}`;
    const file = this.#namespaces.get(key) ?? (text === undefined ? undefined : namespaceFile(name, text));
    if (file !== undefined) this.#namespaces.set(key, file);
    return file;
  }
}

function checkWith(checker: ProgramChecker, source: string, steps: number): Checked {
  const reading = read(source);
  if (!("file" in reading)) throw new Error("a program that cannot be read is not checked");
  const typed = strip(reading.file).code !== reading.text;
  const checked = checker.check(reading.text, typed, steps);
  const warnings = warningsOf(checked).slice(0, MAX_WARNINGS);
  return {
    kind: "checked",
    problems: problemsOf(reading, checked, typed),
    warnings: warnings.map(({ node, message }) => inSource(reading, { pos: node.getStart(checked.file), message })),
    silent: isSilent(checked.file),
  };
}

/** Only what belongs to the namespace: whatever else a hostile text might smuggle in would change what other things mean. */
function namespaceFile(name: string, text: string): ts.SourceFile {
  const file = declarationFile(TOOLS + name, text);
  const isOwn = (statement: ts.Statement): boolean => {
    if (ts.isModuleDeclaration(statement)) return ts.isIdentifier(statement.name) && statement.name.text === name;
    if (!ts.isVariableStatement(statement)) return false;
    return statement.declarationList.declarations.every(
      (declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name,
    );
  };
  return file.statements.every(isOwn) ? file : declarationFile(TOOLS + name, `declare const ${name}: any;`);
}

function problemsOf(reading: Reading, checked: CheckedFile, typed: boolean): CheckedProblem[] {
  const { file, checker, diagnostics } = checked;
  const certainty = new Certainty(checked, factsOf(file, checker), typed);
  const found = [
    ...diagnostics
      .filter((diagnostic) => certainty.isCertain(diagnostic))
      .map((diagnostic) => {
        const node = nodeAt(file, diagnostic);
        return { node, message: wordingOf(diagnostic, node, checked) };
      }),
    ...brokenRules(checked, certainty),
  ];
  const inOrder = found.toSorted((a, b) => a.node.getStart(file) - b.node.getStart(file));
  return inOrder.slice(0, MAX_PROBLEMS).map(({ node, message }): CheckedProblem => {
    const tool = toolConcerned(node, checked);
    const unknownIn = namespaceLacking(node, checked);
    return {
      ...inSource(reading, { pos: node.getStart(file), message }),
      ...(tool !== undefined && { tool }),
      ...(unknownIn !== undefined && { unknownIn }),
    };
  });
}
