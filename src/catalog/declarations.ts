import { methodsOf, printMethod } from "./methods.ts";
import type { DeclaredTool, Methods } from "./methods.ts";
import { printType } from "./print-type.ts";
import { briefRemarks, fullRemarks, SILENT, WHOLE } from "./remarks.ts";
import type { Remarks } from "./remarks.ts";
import { shareShapes } from "./shared-shapes.ts";

/**
 * How much the declarations tell, most first. Each is valid TypeScript and has every tool.
 * - `full`: every description once, at its property; defaults, ranges, formats.
 * - `brief`: first sentences, and of parameters what is short and not in their names.
 * - `signature`: types alone.
 * - `name`: names alone; every tool takes and gives `any`.
 */
export const LEVELS = ["full", "brief", "signature", "name"] as const;
export type Level = (typeof LEVELS)[number];

const REMARKS: Readonly<Record<Exclude<Level, "name">, () => Remarks>> = {
  full: fullRemarks,
  brief: briefRemarks,
  signature: () => SILENT,
};

/**
 * The TypeScript text of one namespace: `declare const github: { ... };` with a method per tool, and before it the types that are recursive or
 * used in several places, as `github.Issue`. It compiles under `strict` and declares exactly the given identifiers, whatever the upstream sent.
 */
export function declareNamespace(namespace: string, tools: readonly DeclaredTool[], level: Level = "full"): string {
  if (level === "name") return declareNames(namespace, tools);
  return print(namespace, shareShapes(namespace, methodsOf(namespace, tools)), REMARKS[level]());
}

/** One tool within its namespace, with every word that the upstream wrote, and with every type where it is used. */
export function declareTool(namespace: string, tool: DeclaredTool): string {
  return print(namespace, methodsOf(namespace, [tool]), WHOLE);
}

function print(namespace: string, { methods, named }: Methods, remarks: Remarks): string {
  // One blank before a word is free in the tokenizers of models, more are not: methods are not indented, what is inside them by one.
  const options = { remark: remarks.property, indent: "" };
  const types = named.map(({ name, type }) => `type ${name.slice(namespace.length + 1)} = ${printType(type, options)};\n`);
  const lines = methods.map((method) => {
    const { identifier, tool } = method.declared;
    return `${comment(remarks.tool(identifier, tool))}${printMethod(method, options)};\n`;
  });
  const beside = types.length === 0 ? "" : `declare namespace ${namespace} {\n${types.join("")}}\n`;
  return `${beside}declare const ${namespace}: {\n${lines.join("")}};\n`;
}

/**
 * What programs are checked against: as `signature`, but with the methods in an interface, so that a compiler's message calls a namespace
 * by its name instead of printing all of it, and with every type written out where it is used.
 */
export function checkedDeclarations(namespace: string, tools: readonly DeclaredTool[]): string {
  // What was learned promises nothing, so no program is refused for it.
  const promised = tools.map(({ identifier, tool }) => ({ identifier, tool }));
  const { methods, named } = methodsOf(namespace, promised);
  const options = { remark: SILENT.property, indent: "" };
  const types = named.map(({ name, type }) => `type ${name.slice(namespace.length + 1)} = ${printType(type, options)};\n`);
  const lines = methods.map((method) => `${printMethod(method, options, "always")};\n`);
  return `declare namespace ${namespace} {\n${types.join("")}interface Tools {\n${lines.join("")}}\n}\ndeclare const ${namespace}: ${namespace}.Tools;\n`;
}

/** One tool on one line without documentation: `github.create_issue(input: { owner: string }): Promise<any>`. */
export function signatureOf(namespace: string, declared: DeclaredTool): string {
  const [method] = methodsOf(namespace, [declared]).methods;
  return method === undefined ? "" : `${namespace}.${printMethod(method, { remark: SILENT.property, indent: "" })}`;
}

/** Several lines cost less in one comment than in one each. */
function comment(lines: readonly string[]): string {
  const [first] = lines;
  if (first === undefined) return "";
  return lines.length === 1 ? `// ${first}\n` : `/* ${lines.map((line) => line.replaceAll("*/", "* /")).join("\n")} */\n`;
}

function declareNames(namespace: string, tools: readonly DeclaredTool[]): string {
  const names = tools.map(({ identifier }) => JSON.stringify(identifier)).join(" | ");
  return `declare const ${namespace}: Record<${names || "never"}, (input?: any) => Promise<any>>;\n`;
}
