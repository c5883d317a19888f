import fc from "fast-check";
import { isSchemaObject } from "../../../src/catalog/schema-document.ts";
import type { SchemaObject } from "../../../src/catalog/schema-document.ts";

/** What the generator below understands. A catalogue with another keyword needs it taught first: a value that ignores one proves nothing. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    "$schema title description default examples type properties required additionalProperties propertyNames items enum const anyOf allOf oneOf " +
    "minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems minLength maxLength pattern format"
  ).split(" "),
);

/**
 * Values of a schema as an honest caller would send them: no property that is not declared, unless the schema asks for others. `whole`: with every
 * optional property, and with something in every list.
 */
export function instancesOf(schema: unknown, whole = false): fc.Arbitrary<unknown> {
  if (!isSchemaObject(schema)) return fc.jsonValue({ maxDepth: 1 });
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) throw new Error(`the generator of instances does not know ${unknown.join(", ")}`);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const branches = (schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"]) as unknown[] | undefined;
  if (branches !== undefined && schema["type"] === undefined) {
    return fc.oneof(...branches.map((branch) => instancesOf(branch, whole)));
  }
  const types = [schema["type"] ?? (isSchemaObject(schema["properties"]) ? "object" : "any")].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, whole)));
}

function ofType(type: unknown, schema: SchemaObject, whole: boolean): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return text(schema);
    case "number":
    case "integer":
      return number(type, schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const least = (schema["minItems"] ?? (whole ? 1 : 0)) as number;
      const most = Math.min((schema["maxItems"] ?? Infinity) as number, Math.max(whole ? 1 : 3, least));
      return fc.array(instancesOf(schema["items"], whole), { minLength: least, maxLength: most });
    }
    case "object":
      return object(schema, whole);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function text({ pattern, minLength, maxLength }: SchemaObject): fc.Arbitrary<string> {
  if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern));
  const least = (minLength ?? 0) as number;
  return fc.string({ minLength: least, maxLength: Math.min((maxLength ?? Infinity) as number, least + 8) });
}

function number(type: "number" | "integer", { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaObject): fc.Arbitrary<number> {
  const least = Math.max(...[minimum, exclusiveMinimum].map((bound) => (typeof bound === "number" ? bound : -1e6)));
  const most = Math.min(...[maximum, exclusiveMaximum].map((bound) => (typeof bound === "number" ? bound : 1e6)));
  const within = (value: number) => value !== exclusiveMinimum && value !== exclusiveMaximum;
  if (type === "integer") return fc.integer({ min: Math.ceil(least), max: Math.floor(Math.max(most, least + 1)) }).filter(within);
  return fc
    .double({ min: least, max: Math.max(most, least), noNaN: true })
    .map((value) => value + 0)
    .filter(within);
}

function object(schema: SchemaObject, whole: boolean): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema["properties"] ?? {}) as Record<string, unknown>);
  const model = Object.fromEntries(properties.map(([name, property]) => [name, instancesOf(property, whole)]));
  const required = whole ? Object.keys(model) : ((schema["required"] ?? []) as string[]).filter((name) => Object.hasOwn(model, name));
  const undeclared = ((schema["required"] ?? []) as string[]).filter((name) => !Object.hasOwn(model, name));
  const additional = schema["additionalProperties"] ?? !("properties" in schema);
  const others =
    additional === false ? fc.constant({}) : fc.dictionary(fc.stringMatching(/^x[a-z]{1,3}$/), instancesOf(additional), { maxKeys: 2 });
  return fc
    .tuple(others, fc.record(model, { requiredKeys: required }), fc.tuple(...undeclared.map(() => fc.jsonValue({ maxDepth: 1 }))))
    .map(([more, declared, needed]) => ({
      ...more,
      ...declared,
      ...Object.fromEntries(undeclared.map((name, index) => [name, needed[index]])),
    }));
}

export interface Mutant {
  readonly kind: "wrong type" | "missing" | "unknown value";
  /** As `filter.labels[0]`. */
  readonly path: string;
  /** What was put there; nothing if something was taken away. */
  readonly put?: unknown;
  readonly value: unknown;
}

const OTHERS: readonly { readonly type: string; readonly value: unknown }[] = [
  { type: "string", value: "no such value" },
  { type: "number", value: 987_654 },
  { type: "boolean", value: true },
  { type: "null", value: null },
  { type: "array", value: ["x", 1] },
  { type: "object", value: { nothing: 1 } },
];

/** The types that a schema or its branches name: another value of one of them breaks a bound, not a type. */
function typesIn(schema: unknown): unknown[] {
  if (!isSchemaObject(schema)) return [];
  const branches = ["anyOf", "oneOf", "allOf"].flatMap((keyword) => (schema[keyword] ?? []) as unknown[]);
  const types = [schema["type"]].flat().map((type) => (type === "integer" ? "number" : type));
  return [...types, ...branches.flatMap(typesIn)];
}

/** The value with one mistake, each that can be made in it: whether the schema really forbids it is for a validator to say. */
export function mutantsOf(schema: unknown, value: unknown, path = ""): Mutant[] {
  if (!isSchemaObject(schema)) return [];
  const isChoice = Array.isArray(schema["enum"]) || "const" in schema;
  const types = isChoice ? [] : typesIn(schema);
  const others = OTHERS.filter(({ type }) => !types.includes(type)).map((other) => other.value);
  const here = others.map((other): Mutant => ({ kind: isChoice ? "unknown value" : "wrong type", path, put: other, value: other }));
  const inside: Mutant[] = [];
  if (isSchemaObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      const place = path === "" ? name : `${path}.${name}`;
      const property = isSchemaObject(schema["properties"]) ? schema["properties"][name] : undefined;
      const { [name]: _, ...rest } = value;
      if (((schema["required"] ?? []) as string[]).includes(name)) inside.push({ kind: "missing", path: place, value: rest });
      inside.push(...mutantsOf(property, each, place).map((mutant) => ({ ...mutant, value: { ...value, [name]: mutant.value } })));
    }
  }
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      const found = mutantsOf(schema["items"], each, `${path}[]`);
      inside.push(...found.map((mutant) => ({ ...mutant, value: value.with(index, mutant.value) })));
    }
  }
  return path === "" ? inside : [...here, ...inside];
}
