import { printType } from "../../../src/catalog/print-type.ts";
import { convertSchema } from "../../../src/catalog/schema-to-ts.ts";
import type { JsonSchema } from "../../../src/core/tool.ts";

/** A schema as TypeScript: the type, and the recursive types beside it by name. */
export function convert(schema: unknown, prefix = ""): { type: string; named: Record<string, string> } {
  const names = new Set<string>();
  const nameFor = (hint: string): string => {
    let name = `${prefix}${hint}`;
    while (names.has(name)) name += "_";
    names.add(name);
    return name;
  };
  const converted = convertSchema(schema as JsonSchema, { rootName: "Root", nameFor });
  const print = (type: (typeof converted)["type"]): string => printType(type, { remark: () => "", indent: "" });
  return { type: print(converted.type), named: Object.fromEntries(converted.named.map(({ name, type }) => [name, print(type)])) };
}
