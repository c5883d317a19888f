import type { SchemaObject } from "./schema-document.ts";
import { isSchemaObject, own, ownArray, ownString } from "./schema-document.ts";

const TYPES: ReadonlySet<unknown> = new Set(["string", "number", "integer", "boolean", "null", "array", "object"]);

/** The types that the schema names; `undefined` when it names none, or one that does not exist. */
export function declaredTypes(schema: SchemaObject): string[] | undefined {
  const type = own(schema, "type");
  const types: unknown[] = Array.isArray(type) ? type : [type];
  return types.length > 0 && types.every((each) => TYPES.has(each)) ? (types as string[]) : undefined;
}

/** Many schemas leave `type` out and mean the one that their keywords are about. */
export function inferredTypes(schema: SchemaObject): string[] | undefined {
  if (Object.hasOwn(schema, "type")) return undefined;
  const isObject =
    ["properties", "patternProperties", "additionalProperties"].some((keyword) => isSchemaObject(own(schema, keyword))) ||
    typeof own(schema, "additionalProperties") === "boolean" ||
    ownArray(schema, "required").length > 0;
  const isArray = isSchemaObject(own(schema, "items")) || ownArray(schema, "items").length + ownArray(schema, "prefixItems").length > 0;
  return isObject || isArray ? [...(isObject ? ["object"] : []), ...(isArray ? ["array"] : [])] : undefined;
}

/** Whether a JSON value is of a JSON Schema type. */
export function hasType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isSchemaObject(value);
  return typeof value === (type === "integer" ? "number" : type);
}

/** `{ required: [...] }` and nothing else: a branch of "give at least one of these". */
export function isBareRequired(schema: unknown): boolean {
  if (!isSchemaObject(schema) || !Object.hasOwn(schema, "required")) return false;
  const besides = Object.keys(schema).filter((keyword) => !["required", "title", "description", "$comment"].includes(keyword));
  return besides.length === 0 || (besides.length === 1 && ownString(schema, "type") === "object");
}
