import { declarationOf } from "../catalog/catalog.ts";
import type { CatalogTool } from "../catalog/catalog.ts";
import { clip } from "../catalog/comment.ts";
import { signatureOf } from "../catalog/declarations.ts";

/** The error that it is part of has to stay short enough to be read. */
const MAX_CHARS = 450;

/** A tool's declaration in an error: whole if that is short, else its signature, else that without the result, which comes last. */
export function shortDeclaration(tool: CatalogTool): string {
  const signature = signatureOf(tool.namespace, tool);
  const input = signature.slice(0, signature.indexOf("): Promise<") + 1);
  const fitting = [declarationOf(tool).trimEnd(), signature, input].find(({ length }) => length <= MAX_CHARS);
  return fitting ?? `${clip(input, MAX_CHARS)}\nThe whole: await codemode.describe("${tool.namespace}.${tool.identifier}")`;
}
