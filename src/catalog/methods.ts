import type { JsonSchema, Tool } from "../core/tool.ts";
import { quote } from "./comment.ts";
import { printType, propertyName } from "./print-type.ts";
import type { PrintOptions } from "./print-type.ts";
import { isSchemaObject } from "./schema-document.ts";
import type { ConvertedSchema } from "./schema-to-ts.ts";
import { convertSchema } from "./schema-to-ts.ts";
import type { NamedType, Type } from "./type-tree.ts";
import { ANY } from "./type-tree.ts";

/** A tool under the identifier that a program uses. */
export interface DeclaredTool {
  readonly identifier: string;
  readonly tool: Tool;
  /** What its results have looked like. Used only if the tool has no `outputSchema`, and marked. */
  readonly learned?: Type;
}

/** A tool as a method of its namespace, as types. */
export interface Method {
  readonly declared: DeclaredTool;
  readonly input: Type;
  /** Whether `{}` is a valid argument, so that the argument may be left out. */
  readonly inputOptional: boolean;
  /** The schema says neither what type it is nor what properties it has. */
  readonly inputSilent: boolean;
  readonly output: Type | undefined;
  /** Whether `output` was learned from results. */
  readonly seen: boolean;
}

/** Behind a type that was learned: a program must not take it for a promise. */
const SEEN = " /* seen, not promised */";

export interface Methods {
  readonly methods: readonly Method[];
  /** Recursive types, and later shared ones, under their full names (`github.create_issue_Node`). */
  readonly named: readonly NamedType[];
}

/** The methods of a namespace in the order of `tools`. Whatever the upstream sent, this does not throw. */
export function methodsOf(namespace: string, tools: readonly DeclaredTool[]): Methods {
  const taken = new Set<string>();
  const named: NamedType[] = [];
  const methods = tools.map((declared): Method => {
    const { identifier, tool, learned } = declared;
    const nameFor = (hint: string) => `${namespace}.${freeName(`${identifier}_${hint}`, taken)}`;
    const convert = (schema: JsonSchema, rootName: string): ConvertedSchema => {
      const converted = convertSchema(schema, { expected: "object", rootName, nameFor });
      named.push(...converted.named);
      return converted;
    };
    const input = convert(tool.inputSchema, "Input");
    return {
      declared,
      input: input.type,
      inputOptional: acceptsNothing(input),
      inputSilent: !hasKeyword(tool.inputSchema, ["type", "properties"]),
      output: tool.outputSchema === undefined ? learned : convert(tool.outputSchema, "Output").type,
      seen: tool.outputSchema === undefined && learned !== undefined,
    };
  });
  return { methods, named };
}

/** The name, or the name with a number, that is not taken yet; takes it. */
export function freeName(base: string, taken: Set<string>): string {
  let name = base;
  for (let next = 2; taken.has(name); next += 1) name = `${base}_${next}`;
  taken.add(name);
  return name;
}

/**
 * `create_issue(input: { owner: string }): Promise<any>`, and `list_all(): Promise<any>` for a tool without parameters. A program may pass `{}` there
 * all the same, so what programs are checked against has the parameter (`always`).
 */
export function printMethod(method: Method, options: PrintOptions, parameter: "always" | "ifAny" = "ifAny"): string {
  const { declared, input, inputOptional, inputSilent, output, seen } = method;
  // `new(input)` in a type would be a construct signature.
  const name = declared.identifier === "new" ? quote(declared.identifier) : propertyName(declared.identifier);
  const result = output === undefined ? "any" : printType(output, options);
  const empty = input.kind === "object" && input.members.length === 0 && typeof input.extra === "string" && !inputSilent;
  const type = empty ? "{}" : printInput(input, options);
  return `${name}(${empty && parameter === "ifAny" ? "" : `input${inputOptional ? "?" : ""}: ${type}`}): Promise<${result}>${seen ? SEEN : ""}`;
}

/** Arguments are always an object, so `any` is narrowed to that. */
function printInput(type: Type, options: PrintOptions): string {
  return type.kind === "any" || type.kind === "never" ? "{ [key: string]: any }" : printType(type, options);
}

function hasKeyword(schema: JsonSchema, keywords: readonly string[]): boolean {
  return isSchemaObject(schema) && keywords.some((keyword) => Object.hasOwn(schema, keyword));
}

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
