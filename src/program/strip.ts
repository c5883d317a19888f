import { blankSourceFile } from "ts-blank-space";
import ts from "typescript-js";
import type { Problem } from "./diagnostics.ts";

/**
 * A module with its types turned into spaces: every line and column stays where it was. `problems` names what is more than a
 * type and therefore cannot be erased; the code is then not fit to run.
 */
export function strip(file: ts.SourceFile): { code: string; problems: Problem[] } {
  const problems: Problem[] = [];
  const code = blankSourceFile(file, (node) => problems.push({ pos: node.getStart(file), message: instead(node) }));
  return { code, problems };
}

function instead(node: ts.Node): string {
  switch (node.kind) {
    case ts.SyntaxKind.EnumDeclaration:
      return 'An enum is not a type that can be erased. Write a const object: `const Color = { Red: "red" } as const;`';
    case ts.SyntaxKind.ModuleDeclaration:
      return "A namespace with values is not a type that can be erased. Write a const object, or plain functions.";
    case ts.SyntaxKind.TypeAssertionExpression:
      return "Write `value as Type` instead of `<Type>value`.";
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
      return "Without its types this would be grouped differently. Put the assertion in parentheses: `(value as Type)`.";
    case ts.SyntaxKind.PublicKeyword:
    case ts.SyntaxKind.PrivateKeyword:
    case ts.SyntaxKind.ProtectedKeyword:
    case ts.SyntaxKind.ReadonlyKeyword:
      return "A parameter property cannot be erased. Declare the field in the class and assign it in the constructor.";
    default:
      return "This is TypeScript that cannot be erased. Write it as plain JavaScript.";
  }
}
