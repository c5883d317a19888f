import { foldLine, quote } from "./comment.ts";
import type { SchemaDocument, SchemaObject } from "./schema-document.ts";
import { isSchemaObject, own, ownArray, ownString, referenceOf } from "./schema-document.ts";

/** Constraints that a type cannot say and a caller can keep. */
const CONSTRAINTS = [
  "default",
  "format",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "pattern",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
] as const;
type Constraint = (typeof CONSTRAINTS)[number];

/** A longer pattern or default is a text of its own, not a remark. */
const MAX_NOTE = 60;
/** References and nullable wrappers that are looked through for a description. */
const MAX_HOPS = 4;

interface Remarks {
  readonly description: string;
  readonly constraints: ReadonlyMap<Constraint, string>;
}

/** A schema may be the target of ten thousand references: it is read once. */
const remarksOfSchema = new WeakMap<SchemaObject, Remarks>();

/**
 * The remark behind a property, on one line: its description, then constraints in brackets, the default first, as in `[= 10, 1..50]`. Empty when
 * there is neither.
 */
export function noteOf(schema: unknown, document: SchemaDocument): string {
  const layers = layersOf(schema, document);
  const items = layers.map((layer) => own(layer, "items")).find(isSchemaObject);
  const remarks = layers.map(remarksOf);
  const described = [...remarks, ...layersOf(items, document).map(remarksOf)].find(({ description }) => description !== "");
  const description = described?.description ?? "";
  const found = new Map<Constraint, string>();
  for (const keyword of CONSTRAINTS) {
    const text = remarks.find((each) => each.constraints.has(keyword))?.constraints.get(keyword);
    if (text !== undefined && !isSaid(description, keyword, text)) found.set(keyword, text);
  }
  const parts = constraintParts(found);
  const bracket = parts.length === 0 ? "" : `[${parts.join(", ")}]`;
  return [description, bracket].filter((part) => part !== "").join(" ");
}

function constraintParts(found: ReadonlyMap<Constraint, string>): string[] {
  const range = (least: string | undefined, most: string | undefined, what: string): string[] => {
    if (least !== undefined && most !== undefined) return [`${what}${least}..${most}`];
    return [...(least === undefined ? [] : [`${what}>= ${least}`]), ...(most === undefined ? [] : [`${what}<= ${most}`])];
  };
  const one = (keyword: Constraint, before: string): string[] => {
    const text = found.get(keyword);
    return text === undefined ? [] : [before + text];
  };
  return [
    ...one("default", "= "),
    ...range(found.get("minimum"), found.get("maximum"), ""),
    ...one("exclusiveMinimum", "> "),
    ...one("exclusiveMaximum", "< "),
    ...one("multipleOf", "a multiple of "),
    ...one("format", ""),
    ...one("pattern", "matches "),
    ...range(found.get("minLength"), found.get("maxLength"), "length "),
    ...range(found.get("minItems"), found.get("maxItems"), "items "),
  ];
}

/** What any reader takes for the default of something that may be left out. */
const NOTHING: ReadonlySet<string> = new Set(["null", "false", '""', "[]", "{}"]);

/** Many descriptions tell their bounds and defaults themselves. */
function isSaid(description: string, keyword: Constraint, text: string): boolean {
  if (keyword === "default" && NOTHING.has(text)) return true;
  if (keyword === "default" && !/\bdefault/i.test(description)) return false;
  const bare = text.replace(/^"|"$/g, "");
  return bare !== "" && new RegExp(`(?<![\\w.])${RegExp.escape(bare)}(?![\\w])`, "u").test(description);
}

function remarksOf(schema: SchemaObject): Remarks {
  const known = remarksOfSchema.get(schema);
  if (known !== undefined) return known;
  const constraints = new Map<Constraint, string>();
  for (const keyword of CONSTRAINTS) {
    const text = Object.hasOwn(schema, keyword) ? constraint(keyword, own(schema, keyword)) : undefined;
    if (text !== undefined) constraints.set(keyword, text);
  }
  const remarks = { description: foldLine(ownString(schema, "description") ?? ""), constraints };
  remarksOfSchema.set(schema, remarks);
  return remarks;
}

/** The schema, then what it wraps: the target of its reference, or the one branch beside `null`. */
function layersOf(schema: unknown, document: SchemaDocument): SchemaObject[] {
  const layers: SchemaObject[] = [];
  for (let layer: unknown = schema; isSchemaObject(layer) && layers.length < MAX_HOPS;) {
    layers.push(layer);
    const reference = referenceOf(layer);
    layer = reference === undefined ? onlyBranch(layer) : document.resolve(reference);
  }
  return layers;
}

function onlyBranch(schema: SchemaObject): unknown {
  const branches = ["anyOf", "oneOf", "allOf"].flatMap((keyword) => ownArray(schema, keyword).slice(0, 3));
  const others = branches.filter((branch) => !(isSchemaObject(branch) && own(branch, "type") === "null"));
  return others.length === 1 ? others[0] : undefined;
}

function constraint(keyword: Constraint, value: unknown): string | undefined {
  if (keyword === "default") return short(defaultText(value));
  if (keyword === "pattern" || keyword === "format") return typeof value === "string" ? short(foldLine(value)) : undefined;
  // Generators write the bounds of a safe integer and "not empty" everywhere; both are noise.
  if (typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return undefined;
  return value === 0 && keyword.startsWith("min") && keyword !== "minimum" ? undefined : String(value);
}

function defaultText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) return typeof value === "string" ? quote(value.slice(0, MAX_NOTE + 1)) : String(value);
  return flatJson(value);
}

/** JSON of a small object; a big or deep one is not worth a remark (and would cost the stack). */
function flatJson(value: object): string | undefined {
  const parts = Object.values(value);
  const flat = parts.length <= 8 && parts.every((part) => typeof part !== "object" || part === null);
  const bounded = flat && parts.every((part) => typeof part !== "string" || part.length <= MAX_NOTE);
  return bounded ? foldLine(JSON.stringify(value)) : undefined;
}

function short(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text.length > MAX_NOTE ? undefined : text;
}
