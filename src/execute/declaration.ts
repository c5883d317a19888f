import { declarationOf } from "../catalog/catalog.ts";
import type { CatalogTool } from "../catalog/catalog.ts";
import { clip } from "../catalog/comment.ts";
import { signatureOf } from "../catalog/declarations.ts";

/** The error that it is part of has to stay short enough to be read. */
const MAX_CHARS = 450;

/** A tool's declaration in an error: whole if that is short, otherwise its signature. */
export function shortDeclaration(tool: CatalogTool): string {
  const whole = declarationOf(tool).trimEnd();
  if (whole.length <= MAX_CHARS) return whole;
  const signature = signatureOf(tool.namespace, tool);
  return signature.length <= MAX_CHARS
    ? signature
    : `${clip(signature, MAX_CHARS)}\nThe whole: await codemode.describe("${tool.namespace}.${tool.identifier}")`;
}
