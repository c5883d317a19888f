import type { JsonSchema } from "../core/tool.ts";
import { quote } from "./comment.ts";
import { toIdentifier } from "./names.ts";
import type { SchemaObject } from "./schema-document.ts";
import { isSchemaObject, own, ownArray, ownObject, referenceOf, SchemaDocument } from "./schema-document.ts";
import { declaredTypes, hasType, inferredTypes, isBareRequired } from "./schema-kinds.ts";
import { noteOf } from "./schema-notes.ts";
import { withoutCycles } from "./type-cycles.ts";
import type { Member, NamedType, ObjectType, PrimitiveName, Type } from "./type-tree.ts";
import { agreed, ANY, either, NEVER, NULL, partsOf } from "./type-tree.ts";

/** Deeper schemas exist only to hurt; below it everything is `any`. */
const MAX_DEPTH = 24;
/** Characters that one schema may contribute, references counted each time they are written out; then everything is `any`. */
const MAX_CHARS = 400_000;
const MAX_NAME_CHARS = 40;

/** Keywords that apply a further schema to the same value. */
const APPLICATORS = [
  "$ref",
  "$dynamicRef",
  "$recursiveRef",
  "allOf",
  "anyOf",
  "oneOf",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "contains",
];

export interface ConvertOptions {
  /** The type of a schema that has no `type`. */
  readonly expected?: "object";
  /** The hint for `nameFor` when the whole schema is recursive. */
  readonly rootName: string;
  /** Gives a recursive type its unique name; the hint is an identifier. */
  readonly nameFor: (hint: string) => string;
}

export interface ConvertedSchema {
  readonly type: Type;
  /** The recursive types that `type` mentions, to be declared beside it. */
  readonly named: readonly NamedType[];
}

/**
 * A JSON Schema (2020-12 or draft-07) as a type that accepts every value the schema accepts, with one exception on purpose: an object that declares
 * properties and says nothing about others is closed, so that a misspelt key is found. Never throws; what cannot be understood is `any`.
 */
export function convertSchema(schema: JsonSchema, options: ConvertOptions): ConvertedSchema {
  const converter = new Converter(schema, options);
  const type = converter.convert(schema, 0, options.expected === undefined ? undefined : [options.expected], options.rootName);
  return { type, named: withoutCycles(converter.named) };
}

class Converter {
  readonly #document: SchemaDocument;
  readonly #options: ConvertOptions;
  /** Schemas being converted, with the name once one of them was met inside itself. */
  readonly #open = new Map<SchemaObject, string | undefined>();
  readonly #named = new Map<SchemaObject, NamedType>();
  #charsLeft = MAX_CHARS;

  constructor(root: JsonSchema, options: ConvertOptions) {
    this.#document = new SchemaDocument(root);
    this.#options = options;
  }

  get named(): NamedType[] {
    return [...this.#named.values()];
  }

  convert(schema: unknown, depth: number, inherited: readonly string[] | undefined, hint: string): Type {
    if (schema === false) return NEVER;
    if (!isSchemaObject(schema) || depth > MAX_DEPTH || !this.#spend(4)) return ANY;
    const known = this.#named.get(schema);
    if (known !== undefined) return { kind: "name", name: known.name };
    if (this.#open.has(schema)) {
      const name = this.#open.get(schema) ?? this.#options.nameFor(toIdentifier(hint.slice(0, MAX_NAME_CHARS)));
      this.#open.set(schema, name);
      return { kind: "name", name };
    }
    this.#open.set(schema, undefined);
    const type = this.#whole(schema, depth, inherited);
    const name = this.#open.get(schema);
    this.#open.delete(schema);
    if (name === undefined) return type;
    this.#named.set(schema, { name, type });
    return { kind: "name", name };
  }

  /** Everything that one schema says, as an intersection. */
  #whole(schema: SchemaObject, depth: number, inherited: readonly string[] | undefined): Type {
    const reference = referenceOf(schema);
    const types = declaredTypes(schema) ?? (reference === undefined ? inherited : undefined) ?? inferredTypes(schema);
    let type = this.#values(schema, depth, types, inherited !== undefined);
    if (reference !== undefined) {
      const target = this.#document.resolve(reference);
      type = agreed(this.convert(target ?? true, depth + 1, undefined, this.#hintOf(reference)), type);
    }
    for (const part of ownArray(schema, "allOf")) type = agreed(type, this.convert(part, depth + 1, types, "Part"));
    for (const keyword of ["anyOf", "oneOf"]) type = agreed(type, this.#alternatives(ownArray(schema, keyword), depth, types));
    if (type.kind === "object") type = this.#conditional(type, schema, depth, inherited !== undefined);
    if (own(schema, "nullable") === true) type = either([type, NULL]);
    const not = own(schema, "not");
    return not === true || (isSchemaObject(not) && Object.keys(not).length === 0) ? NEVER : type;
  }

  #values(schema: SchemaObject, depth: number, types: readonly string[] | undefined, part: boolean): Type {
    if (Object.hasOwn(schema, "const")) return this.#literal(own(schema, "const"), 0);
    const values = ownArray(schema, "enum");
    if (values.length > 0) {
      const fitting = types === undefined ? values : values.filter((value) => types.some((type) => hasType(value, type)));
      return either((fitting.length > 0 ? fitting : values).map((value) => this.#literal(value, 0)));
    }
    return types === undefined ? ANY : either(types.map((type) => this.#ofType(type, schema, depth, part)));
  }

  #ofType(type: string, schema: SchemaObject, depth: number, part: boolean): Type {
    if (type === "object") return this.#object(schema, depth, part);
    if (type === "array") return this.#array(schema, depth);
    return { kind: "primitive", name: type === "integer" ? "number" : (type as PrimitiveName) };
  }

  /** `part`: another schema around this one says what else the object has. */
  #object(schema: SchemaObject, depth: number, part: boolean): ObjectType {
    const required = ownArray(schema, "required").filter((name) => typeof name === "string");
    const undeclared = new Set(this.#spend(required.length) ? required : []);
    const needed: ReadonlySet<string> = new Set(undeclared);
    const members: Member[] = [];
    for (const [name, property] of Object.entries(ownObject(schema, "properties"))) {
      const comment = noteOf(property, this.#document);
      // Without the rest of its members the object must be open.
      if (!this.#spend(name.length + comment.length)) return { kind: "object", members, extra: ANY };
      members.push({ name, optional: !needed.has(name), type: this.convert(property, depth + 1, undefined, name), comment });
      undeclared.delete(name);
    }
    let extra = this.#extra(schema, depth);
    if (members.length === 0 && undeclared.size > 0 && extra === "unsaid" && !part) extra = ANY;
    for (const name of undeclared) {
      if (this.#spend(name.length)) members.push({ name, optional: false, type: ANY, comment: "" });
    }
    return { kind: "object", members, extra };
  }

  #extra(schema: SchemaObject, depth: number): ObjectType["extra"] {
    const additional = own(schema, "additionalProperties") ?? this.#unevaluated(schema, "unevaluatedProperties");
    const patterns = Object.values(ownObject(schema, "patternProperties")).map((each) => this.convert(each, depth + 1, undefined, "Value"));
    if (additional === true || isSchemaObject(additional)) patterns.push(this.convert(additional, depth + 1, undefined, "Value"));
    else if (additional !== false && patterns.length === 0) return "unsaid";
    const extra = either(patterns);
    return extra.kind === "never" ? "shut" : extra;
  }

  /** What is said of the properties or items that nothing else speaks of. Where parts of the schema may speak of them, it says little. */
  #unevaluated(schema: SchemaObject, keyword: "unevaluatedProperties" | "unevaluatedItems"): unknown {
    const said = own(schema, keyword);
    if (!APPLICATORS.some((applicator) => Object.hasOwn(schema, applicator))) return said;
    return said === undefined || said === false ? undefined : true;
  }

  #array(schema: SchemaObject, depth: number): Type {
    const items = own(schema, "items");
    const prefix = Array.isArray(items) ? items : ownArray(schema, "prefixItems");
    const rest = Array.isArray(items) ? own(schema, "additionalItems") : items;
    const restType = this.convert(rest ?? this.#unevaluated(schema, "unevaluatedItems") ?? true, depth + 1, undefined, "Item");
    const most = own(schema, "maxItems");
    const max = typeof most === "number" ? most : Infinity;
    if (prefix.length === 0 && restType.kind !== "never") return { kind: "array", element: restType };
    const least = own(schema, "minItems");
    const elements = prefix.slice(0, Math.max(max, 0)).map((each) => this.convert(each, depth + 1, undefined, "Item"));
    return {
      kind: "tuple",
      elements,
      required: Math.min(typeof least === "number" ? least : 0, elements.length),
      rest: restType.kind === "never" || max <= elements.length ? undefined : restType,
    };
  }

  #alternatives(branches: readonly unknown[], depth: number, types: readonly string[] | undefined): Type {
    // "One of these must be there" would double the text for what the upstream says better in its error.
    if (branches.every(isBareRequired)) return ANY;
    const converted = branches.map((branch) => this.convert(isBareRequired(branch) ? {} : branch, depth + 1, types, "Variant"));
    return either(converted);
  }

  /** Properties that only a condition mentions are valid too, so they become optional members. */
  #conditional(type: ObjectType, schema: SchemaObject, depth: number, part: boolean): ObjectType {
    const condition = own(schema, "if");
    const dependent = ["dependentSchemas", "dependencies"].flatMap((keyword) => Object.values(ownObject(schema, keyword)));
    const applied = [condition, own(schema, "then"), own(schema, "else"), ...dependent].filter(isSchemaObject);
    if (applied.length === 0) return type;
    const declared = new Set(type.members.map((member) => member.name));
    const added = new Map<string, Member>();
    let extra = type.extra === "unsaid" && type.members.length === 0 && !part ? ANY : type.extra;
    // A value for which the condition is false is valid too; an open object then takes any value.
    const loose = typeof extra !== "string";
    for (const each of applied) {
      for (const variant of partsOf(this.convert(each, depth + 1, ["object"], "Variant"))) {
        if (variant.kind !== "object") continue;
        if (extra === "unsaid" && typeof variant.extra !== "string") extra = ANY;
        for (const member of variant.members) {
          const before = added.get(member.name);
          const allowed = loose || each === condition ? ANY : member.type;
          const merged = before === undefined ? allowed : either([before.type, allowed]);
          if (!declared.has(member.name)) added.set(member.name, { ...member, optional: true, type: merged });
        }
      }
    }
    return { kind: "object", members: [...type.members, ...added.values()], extra };
  }

  /** Any JSON value as a type of exactly that value. */
  #literal(value: unknown, depth: number): Type {
    if (value === null) return NULL;
    if (depth > 4 || !this.#spend(typeof value === "string" ? value.length + 4 : 4)) return ANY;
    if (typeof value === "string") return { kind: "literal", text: quote(value), of: "string" };
    if (typeof value === "boolean") return { kind: "literal", text: String(value), of: "boolean" };
    // `1e400` is valid JSON and no number; `-0` is no literal of its own.
    if (typeof value === "number") {
      return Number.isFinite(value) ? { kind: "literal", text: String(value), of: "number" } : { kind: "primitive", name: "number" };
    }
    if (Array.isArray(value)) {
      const elements = value.map((each) => this.#literal(each, depth + 1));
      return { kind: "tuple", elements, required: elements.length, rest: undefined };
    }
    if (!isSchemaObject(value)) return ANY;
    const members = Object.entries(value).map(([name, each]): Member => {
      const affordable = this.#spend(name.length);
      return { name, optional: false, type: affordable ? this.#literal(each, depth + 1) : ANY, comment: "" };
    });
    return { kind: "object", members, extra: "shut" };
  }

  #hintOf(reference: string): string {
    const token = reference.slice(reference.lastIndexOf("/") + 1).replace("#", "");
    return token === "" ? this.#options.rootName : token;
  }

  #spend(chars: number): boolean {
    this.#charsLeft -= chars;
    return this.#charsLeft > 0;
  }
}
