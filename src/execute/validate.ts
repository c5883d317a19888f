import { isSchemaObject, own, ownArray, ownObject, ownString, SchemaDocument } from "../catalog/schema-document.ts";
import type { SchemaObject } from "../catalog/schema-document.ts";
import { declaredTypes } from "../catalog/schema-kinds.ts";
import type { JsonSchema } from "../core/tool.ts";
import { isOfType, meant } from "./violations.ts";
import type { Path, Violation } from "./violations.ts";

/** One step is one schema against one value. Honest calls need some dozens; the rest of a larger one is for the upstream to judge. */
export const MAX_STEPS = 100_000;
export const MAX_DEPTH = 64;

/**
 * What is surely wrong with `args` by `schema`, both of them hostile; nothing if it is right, or if that cannot be said here: an unknown
 * keyword or type, a reference that leads nowhere, `not`, conditions, more than `MAX_STEPS` steps. `pattern` is an upstream's program for
 * our thread and is not run; `format` is a remark; of `oneOf` one branch must fit at least. Never throws.
 */
export function violationsOf(schema: JsonSchema, args: unknown): Violation[] {
  if (!isSchemaObject(schema)) return [];
  try {
    return new Judge(schema).check(schema, args, [], false);
  } catch (error) {
    if (error instanceof OutOfSteps) return [];
    throw error;
  }
}

class OutOfSteps extends Error {}

/** One for each schema: an upstream's list is read once and called often. */
const documents = new WeakMap<SchemaObject, SchemaDocument>();

function documentOf(schema: SchemaObject): SchemaDocument {
  const document = documents.get(schema) ?? new SchemaDocument(schema);
  documents.set(schema, document);
  return document;
}

class Judge {
  readonly #root: SchemaObject;
  readonly #document: SchemaDocument;
  /** Up to draft-07, what stands beside a `$ref` says nothing. */
  readonly #refAlone: boolean;
  #stepsLeft = MAX_STEPS;
  #depth = 0;

  constructor(root: SchemaObject) {
    this.#root = root;
    this.#document = documentOf(root);
    this.#refAlone = /draft-0[3-7]/.test(ownString(root, "$schema") ?? "");
  }

  /** `optional`: `value` is a member that may be left out. */
  check(schema: unknown, value: unknown, path: Path, optional: boolean): Violation[] {
    this.#spend(1);
    if (schema === false) return [{ kind: "bound", path, expected: "not be given" }];
    if (!isSchemaObject(schema) || this.#depth > MAX_DEPTH) return [];
    // References below a schema with a name of its own may mean other things than this document's.
    const renamed = ownString(schema, "$id") ?? ownString(schema, "id");
    if (schema !== this.#root && renamed !== undefined) return [];
    if (value === null && own(schema, "nullable") === true) return [];
    this.#depth += 1;
    const found = this.#whole(schema, value, path, optional);
    this.#depth -= 1;
    return found;
  }

  #whole(schema: SchemaObject, value: unknown, path: Path, optional: boolean): Violation[] {
    const reference = ownString(schema, "$ref");
    const referred = reference === undefined ? [] : this.check(this.#document.resolve(reference), value, path, optional);
    if (referred.length > 0 || (reference !== undefined && this.#refAlone)) return referred;
    const types = this.#typesOf(schema);
    if (types !== undefined && !types.some((type) => isOfType(value, type))) return [{ kind: "type", path, value, types, optional }];
    const allowed = Object.hasOwn(schema, "const") ? [own(schema, "const")] : ownArray(schema, "enum");
    if (allowed.length > 0 && !allowed.some((each) => this.#equal(each, value, 0)))
      return [{ kind: "value", path, value, allowed, optional }];
    return [
      ...this.#parts(schema, value, path),
      ...ownArray(schema, "allOf").flatMap((part) => this.check(part, value, path, optional)),
      ...["anyOf", "oneOf"].flatMap((keyword) => this.#alternatives(ownArray(schema, keyword), value, path, optional)),
    ];
  }

  #parts(schema: SchemaObject, value: unknown, path: Path): Violation[] {
    if (typeof value === "string") return this.#text(schema, value, path);
    if (typeof value === "number") return numberViolations(schema, value, path);
    if (Array.isArray(value)) return this.#array(schema, value, path);
    return isSchemaObject(value) ? this.#object(schema, value, path) : [];
  }

  #object(schema: SchemaObject, value: SchemaObject, path: Path): Violation[] {
    const properties = ownObject(schema, "properties");
    const [names, needed] = [Object.keys(value), ownArray(schema, "required")];
    this.#spend(names.length + needed.length);
    const required = new Set(needed.filter((name) => typeof name === "string"));
    const undeclared = names.filter((name) => !Object.hasOwn(properties, name));
    const missing = [...required].filter((name) => !Object.hasOwn(value, name));
    const additional = own(schema, "additionalProperties");
    // Which members a pattern covers cannot be said without running it.
    const others = Object.hasOwn(schema, "patternProperties") || additional === undefined || additional === true ? [] : undeclared;
    const declared = others.length > 0 ? Object.keys(properties) : [];
    const size = bounds(schema, names.length, "minProperties", "maxProperties", "member");
    return [
      ...missing.map((name): Violation => {
        const property = own(properties, name);
        const types = (isSchemaObject(property) ? this.#typesOf(property) : undefined) ?? [];
        return { kind: "missing", path: [...path, name], types, undeclared };
      }),
      ...others.flatMap((name): Violation[] =>
        additional === false
          ? [{ kind: "unknown", path: [...path, name], declared }]
          : this.check(additional, value[name], [...path, name], true),
      ),
      ...Object.entries(properties).flatMap(([name, property]) => {
        this.#spend(1);
        return Object.hasOwn(value, name) ? this.check(property, value[name], [...path, name], !required.has(name)) : [];
      }),
      ...size.map((expected): Violation => ({ kind: "bound", path, expected })),
    ];
  }

  #array(schema: SchemaObject, value: readonly unknown[], path: Path): Violation[] {
    const items = own(schema, "items");
    const prefix = Array.isArray(items) ? items : ownArray(schema, "prefixItems");
    const rest = Array.isArray(items) ? own(schema, "additionalItems") : items;
    const size = bounds(schema, value.length, "minItems", "maxItems", "item");
    return [
      ...size.map((expected): Violation => ({ kind: "bound", path, expected })),
      ...value.flatMap((item, index) => this.check(index < prefix.length ? prefix[index] : rest, item, [...path, index], false)),
    ];
  }

  #text(schema: SchemaObject, value: string, path: Path): Violation[] {
    const max = own(schema, "maxLength");
    const min = own(schema, "minLength");
    if (typeof max !== "number" && typeof min !== "number") return [];
    // JSON Schema counts code points.
    this.#spend(value.length >> 6);
    let length = 0;
    for (const _ of value) length += 1;
    return bounds(schema, length, "minLength", "maxLength", "character").map((expected) => ({ kind: "bound", path, expected }));
  }

  /** None if one branch has none; else those of the branch that was most probably meant. */
  #alternatives(branches: readonly unknown[], value: unknown, path: Path, optional: boolean): Violation[] {
    const all: Violation[][] = [];
    if (branches.length === 0) return [];
    for (const branch of branches) {
      const found = this.check(branch, value, path, optional);
      if (found.length === 0) return [];
      all.push(found);
    }
    return meant(all, value, path);
  }

  #equal(a: unknown, b: unknown, depth: number): boolean {
    this.#spend(1);
    if (depth > MAX_DEPTH) return true;
    if (Array.isArray(a))
      return Array.isArray(b) && a.length === b.length && a.every((each, index) => this.#equal(each, b[index], depth + 1));
    if (!isSchemaObject(a) || !isSchemaObject(b)) return a === b;
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length) return false;
    return names.every((name) => Object.hasOwn(b, name) && this.#equal(a[name], b[name], depth + 1));
  }

  #typesOf(schema: SchemaObject): readonly string[] | undefined {
    this.#spend(ownArray(schema, "type").length);
    return declaredTypes(schema);
  }

  #spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw new OutOfSteps();
  }
}

function numberViolations(schema: SchemaObject, value: number, path: Path): Violation[] {
  const step = own(schema, "multipleOf");
  // `0.3 % 0.1` is not 0: only among whole numbers can it be said for sure.
  const exact = [step, value].every((each) => Number.isSafeInteger(each)) && typeof step === "number" && step > 0;
  const limit = (keyword: string, broken: (bound: number) => boolean, words: string) => {
    const bound = own(schema, keyword);
    return typeof bound === "number" && broken(bound) ? [`be ${words} ${bound}`] : [];
  };
  return [
    ...limit("minimum", (bound) => value < bound, "at least"),
    ...limit("maximum", (bound) => value > bound, "at most"),
    ...limit("exclusiveMinimum", (bound) => value <= bound, "greater than"),
    ...limit("exclusiveMaximum", (bound) => value >= bound, "less than"),
    ...(exact && value % step !== 0 ? [`be a multiple of ${step}`] : []),
  ].map((expected) => ({ kind: "bound", path, expected: `${expected}, got ${value}` }));
}

function bounds(schema: SchemaObject, size: number, least: string, most: string, unit: string): string[] {
  const [min, max] = [own(schema, least), own(schema, most)];
  const text = (words: string, bound: number) => `have ${words} ${bound} ${unit}${bound === 1 ? "" : "s"}, has ${size}`;
  return [
    ...(typeof min === "number" && size < min ? [text("at least", min)] : []),
    ...(typeof max === "number" && size > max ? [text("at most", max)] : []),
  ];
}
