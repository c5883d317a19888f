import ts from "typescript-js";

/** TypeScript's type checker without the program around it: `createTypeChecker` and what it asks of its host are not in the public types. */
const internal = ts as unknown as {
  createTypeChecker(host: object): InnerChecker;
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  /** Only the bundled compiler has a budget. */
  setCheckSteps?(steps: number): void;
};

interface InnerChecker extends ts.TypeChecker {
  getDiagnostics(file: ts.SourceFile): readonly ts.Diagnostic[];
}

interface InnerFile {
  path: string;
  resolvedPath: string;
  originalFileName: string;
  imports: readonly unknown[];
  moduleAugmentations: readonly unknown[];
  ambientModuleNames: readonly string[];
  externalModuleIndicator: unknown;
  bindDiagnostics: readonly ts.Diagnostic[];
  commentDirectives?: readonly { readonly range: ts.TextRange }[];
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  noLib: true,
  noEmit: true,
  // Types that nobody wrote are not judged by what a strict author would have written.
  strict: false,
  allowJs: true,
  checkJs: true,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
};

/** A file of declarations, parsed once and shared by every checker that reads it. */
export function declarationFile(name: string, text: string): ts.SourceFile {
  return readFile(`/${name}.d.ts`, text, ts.ScriptKind.TS, false);
}

/** What the type checker found in a program, and the checker that can be asked about its parts. */
export interface CheckedFile {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly diagnostics: readonly ts.DiagnosticWithLocation[];
}

/**
 * Checks programs one after the other against the same declarations. What the compiler works out about the declarations is kept from one
 * to the next; so is what it works out about each program, which is why an instance has to be thrown away after some.
 */
export class ProgramChecker {
  readonly #checker: InnerChecker;
  #programs = 0;

  constructor(declarations: readonly ts.SourceFile[]) {
    // Whoever came before may have used up all. What is done here grows with the declarations alone, which are ours.
    internal.setCheckSteps?.(Infinity);
    this.#checker = internal.createTypeChecker(hostOf(declarations));
  }

  /**
   * Plain JavaScript is checked as JavaScript, which takes much for granted that TypeScript asks about.
   * @param steps what the compiler may spend on it, questions that are asked of it afterwards included.
   * @throws RangeError when they are used up. The compiler was in the middle of something then: throw the instance away.
   */
  check(text: string, typed: boolean, steps: number): CheckedFile {
    this.#programs += 1;
    internal.setCheckSteps?.(steps);
    // The checker collects what it finds under the file's name.
    const name = `/program${this.#programs}.${typed ? "ts" : "js"}`;
    const file = readFile(name, text, typed ? ts.ScriptKind.TS : ts.ScriptKind.JS, true);
    internal.bindSourceFile(file, OPTIONS);
    const inner = file as unknown as InnerFile;
    const found = [...inner.bindDiagnostics, ...this.#checker.getDiagnostics(file)];
    const diagnostics = found.filter((each): each is ts.DiagnosticWithLocation => each.file === file && each.start !== undefined);
    return { file, checker: this.#checker, diagnostics };
  }
}

function readFile(name: string, text: string, kind: ts.ScriptKind, module: boolean): ts.SourceFile {
  const setExternalModuleIndicator = (file: ts.SourceFile) => {
    (file as unknown as InnerFile).externalModuleIndicator = module ? true : undefined;
  };
  const file = ts.createSourceFile(
    name,
    text,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone, setExternalModuleIndicator },
    false,
    kind,
  );
  // What a program sets when it takes a file in.
  Object.assign(file as unknown as InnerFile, {
    path: name,
    resolvedPath: name,
    originalFileName: name,
    imports: [],
    moduleAugmentations: [],
    ambientModuleNames: [],
  } satisfies Partial<InnerFile>);
  return file;
}

/** Nothing is imported and nothing is emitted, so most questions have one answer. */
function hostOf(files: readonly ts.SourceFile[]): object {
  const nothing = (): undefined => undefined;
  const no = (): boolean => false;
  const module = (): ts.ModuleKind => ts.ModuleKind.ESNext;
  return {
    getCompilerOptions: () => OPTIONS,
    getSourceFiles: () => files,
    getSourceFile: nothing,
    isSourceFileDefaultLibrary: (file: ts.SourceFile) => file === files[0],
    getEmitModuleFormatOfFile: module,
    getImpliedNodeFormatForEmit: module,
    getEmitSyntaxForUsageLocation: module,
    getModeForUsageLocation: module,
    getModeForResolutionAtIndex: module,
    getDefaultResolutionModeForFile: module,
    getResolvedModule: nothing,
    getRedirectFromOutput: nothing,
    getRedirectFromSourceFile: nothing,
    getPackageJsonInfoCache: nothing,
    getSymlinkCache: nothing,
    getGlobalTypingsCacheLocation: nothing,
    getFileIncludeReasons: () => new Map(),
    isSourceOfProjectReferenceRedirect: no,
    typesPackageExists: no,
    packageBundlesTypes: no,
    fileExists: no,
    readFile: nothing,
    getCurrentDirectory: () => "/",
    getCommonSourceDirectory: () => "/",
    useCaseSensitiveFileNames: () => true,
  };
}
