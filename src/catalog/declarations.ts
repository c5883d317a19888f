import type { JsonSchema, Tool } from "../core/tool.ts";
import { commentLines, quote } from "./comment.ts";
import { printType, propertyName } from "./print-type.ts";
import { isSchemaObject } from "./schema-document.ts";
import type { ConvertedSchema } from "./schema-to-ts.ts";
import { convertSchema } from "./schema-to-ts.ts";
import type { Type } from "./type-tree.ts";
import { ANY } from "./type-tree.ts";

/** A tool under the identifier that a program uses. */
export interface DeclaredTool {
  readonly identifier: string;
  readonly tool: Tool;
}

export interface DeclareOptions {
  /** Whether descriptions become comments; `false` leaves the signatures alone. Default `true`. */
  readonly docs?: boolean;
}

/**
 * The TypeScript text of one namespace: `declare const github: { ... };` with a method per tool, and before it the recursive types, as
 * `github.create_issue_Node`. It compiles under `strict` and declares exactly the given identifiers, whatever the upstream sent.
 */
export function declareNamespace(namespace: string, tools: readonly DeclaredTool[], options: DeclareOptions = {}): string {
  const docs = options.docs ?? true;
  const names = new Set<string>();
  const methods = tools.map((declared) => methodOf(namespace, declared, names));
  const types = methods
    .flatMap(({ input, output }) => [...input.named, ...(output?.named ?? [])])
    .map(({ name, type }) => {
      return `  type ${name.slice(namespace.length + 1)} = ${printType(type, { docs, indent: "  " })};\n`;
    });
  const lines = methods.map((method) => {
    const comment = docs ? toolComment(method.declared).map((line) => `  ${`// ${line}`.trimEnd()}\n`) : [];
    return `${comment.join("")}  ${printMethod(method, docs, "  ")};\n`;
  });
  const beside = types.length === 0 ? "" : `declare namespace ${namespace} {\n${types.join("")}}\n`;
  return `${beside}declare const ${namespace}: {\n${lines.join("")}};\n`;
}

/** One tool on one line without documentation: `github.create_issue(input: { owner: string }): Promise<any>`. */
export function signatureOf(namespace: string, declared: DeclaredTool): string {
  return `${namespace}.${printMethod(methodOf(namespace, declared, new Set()), false, "")}`;
}

interface Method {
  readonly declared: DeclaredTool;
  /** `silent`: the schema says neither what type it is nor what properties it has. */
  readonly input: ConvertedSchema & { readonly silent: boolean };
  readonly output: ConvertedSchema | undefined;
}

/** `names` are the type names taken in this namespace; new ones are added. */
function methodOf(namespace: string, declared: DeclaredTool, names: Set<string>): Method {
  const { identifier, tool } = declared;
  const nameFor = (hint: string): string => {
    const base = `${identifier}_${hint}`;
    let name = base;
    for (let next = 2; names.has(name); next += 1) name = `${base}_${next}`;
    names.add(name);
    return `${namespace}.${name}`;
  };
  const convert = (schema: JsonSchema, rootName: string): ConvertedSchema =>
    convertSchema(schema, { expected: "object", rootName, nameFor });
  return {
    declared,
    input: { ...convert(tool.inputSchema, "Input"), silent: !hasKeyword(tool.inputSchema, ["type", "properties"]) },
    output: tool.outputSchema === undefined ? undefined : convert(tool.outputSchema, "Output"),
  };
}

function hasKeyword(schema: JsonSchema, keywords: readonly string[]): boolean {
  return isSchemaObject(schema) && keywords.some((keyword) => Object.hasOwn(schema, keyword));
}

function printMethod({ declared: { identifier }, input, output }: Method, docs: boolean, indent: string): string {
  // `new(input)` in a type would be a construct signature.
  const name = identifier === "new" ? quote(identifier) : propertyName(identifier);
  const result = output === undefined ? "any" : printType(output.type, { docs, indent });
  return `${name}(input${acceptsNothing(input) ? "?" : ""}: ${printInput(input, docs, indent)}): Promise<${result}>`;
}

/**
 * Arguments are always an object, so `any` is narrowed to that. A tool without parameters takes `{}` or nothing; one whose schema
 * does not say so much as `type` may take anything.
 */
function printInput({ type, silent }: Method["input"], docs: boolean, indent: string): string {
  const empty = type.kind === "object" && type.members.length === 0 && typeof type.extra === "string";
  if (empty && !silent) return "{}";
  return type.kind === "any" || type.kind === "never" ? "{ [key: string]: any }" : printType(type, { docs, indent });
}

/** Whether `{}` is a valid argument, so that the argument may be left out. */
function acceptsNothing({ type, named }: ConvertedSchema): boolean {
  const types = new Map(named.map((each) => [each.name, each.type]));
  const accepts = (each: Type): boolean => {
    switch (each.kind) {
      case "any":
      case "never":
        return true;
      case "object":
        return each.members.every((member) => member.optional);
      case "union":
        return each.parts.some(accepts);
      case "intersection":
        return each.parts.every(accepts);
      case "name":
        return accepts(types.get(each.name) ?? ANY);
      default:
        return false;
    }
  };
  return accepts(type);
}

/** What stands above a tool: its description, and the upstream's name for it where that is another. */
function toolComment({ identifier, tool }: DeclaredTool): string[] {
  const renamed = tool.name === identifier ? [] : [`MCP name: ${quote(tool.name)}`];
  const description = commentLines(tool.description ?? "");
  return [...(description.length > 0 ? description : commentLines(tool.title ?? tool.annotations?.title ?? "")), ...renamed];
}
