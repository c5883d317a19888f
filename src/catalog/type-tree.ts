/** A TypeScript type before it is text: what `schema-to-ts.ts` builds and `print-type.ts` writes. */
export type Type =
  | { readonly kind: "any" }
  | { readonly kind: "never" }
  | { readonly kind: "primitive"; readonly name: PrimitiveName }
  /** `text` is TypeScript source. */
  | { readonly kind: "literal"; readonly text: string; readonly of: PrimitiveName }
  /** A recursive type that is declared beside. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "array"; readonly element: Type }
  /** The first `required` elements must be there; `rest` is absent when nothing may follow. */
  | { readonly kind: "tuple"; readonly elements: readonly Type[]; readonly required: number; readonly rest: Type | undefined }
  | ObjectType
  | { readonly kind: "union"; readonly parts: readonly Type[] }
  | { readonly kind: "intersection"; readonly parts: readonly Type[] };

export type PrimitiveName = "string" | "number" | "boolean" | "null";

export interface ObjectType {
  readonly kind: "object";
  readonly members: readonly Member[];
  /** What other properties may hold. `unsaid`: the schema does not say, which closes an object that declares any property. */
  readonly extra: "unsaid" | "shut" | Type;
}

export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: Type;
  /** One line, already clean; empty when there is nothing to say. */
  readonly comment: string;
}

/** A recursive type, declared beside the type that mentions it. */
export interface NamedType {
  readonly name: string;
  readonly type: Type;
}

export const ANY: Type = { kind: "any" };
export const NEVER: Type = { kind: "never" };
export const NULL: Type = { kind: "primitive", name: "null" };

/** More than this and the union says nothing to a reader. */
const MAX_UNION = 10_000;
/** TypeScript gives up on an intersection whose parts multiply to 100,000; a name stands for a union of unknown width. */
const MAX_BREADTH = 1_000;
const NAME_BREADTH = 200;
/** How much an intersection with a union may grow by being written out, in nodes: beyond it `A & (B | C)` is shorter and says the same. */
const MAX_WRITTEN_OUT = 24;

/** The union, flat and without repetitions. */
export function either(types: readonly Type[]): Type {
  const parts = new Map<string, Type>();
  for (const type of types.flatMap(partsOf)) {
    if (type.kind === "any") return ANY;
    if (type.kind === "never") continue;
    const key = JSON.stringify(type, (name, value: unknown) => (name === "comment" ? undefined : value));
    if (!parts.has(key)) parts.set(key, type);
  }
  const kept = foldBoolean([...parts.values()]);
  if (kept.length > MAX_UNION) return ANY;
  const [first = NEVER] = kept;
  return kept.length < 2 ? first : { kind: "union", parts: kept };
}

/** The intersection: objects are merged, contradictions are `never`. */
function both(a: Type, b: Type): Type {
  if (a.kind === "never" || b.kind === "never") return NEVER;
  if (a.kind === "any" || isAnyObject(a, b)) return b;
  if (b.kind === "any" || isAnyObject(b, a)) return a;
  const [as, bs] = [partsOf(a), partsOf(b)];
  if (as.length > 1 || bs.length > 1) {
    const small = weight(a) * (bs.length - 1) + weight(b) * (as.length - 1) <= MAX_WRITTEN_OUT;
    return small || isFlat(a) || isFlat(b) ? either(as.flatMap((x) => bs.map((y) => both(x, y)))) : intersection(a, b);
  }
  if (a.kind === "object" && b.kind === "object") return merge(a, b);
  if (a.kind === "array" && b.kind === "array") return { kind: "array", element: agreed(a.element, b.element) };
  if (isScalar(a) || isScalar(b)) return scalar(a, b);
  if ((a.kind === "object" && isList(b)) || (isList(a) && b.kind === "object")) return NEVER;
  return intersection(a, b);
}

/** `both`, but two possible types that contradict each other give `any`: more likely we misread the schema than that nothing is valid. */
export function agreed(a: Type, b: Type): Type {
  const type = both(a, b);
  return type.kind === "never" && a.kind !== "never" && b.kind !== "never" ? ANY : type;
}

/** The members of a union, or the type itself. */
export function partsOf(type: Type): readonly Type[] {
  return type.kind === "union" ? type.parts : [type];
}

function merge(a: ObjectType, b: ObjectType): ObjectType {
  const others = new Map(b.members.map((member) => [member.name, member]));
  const members = a.members.map((mine): Member => {
    const other = others.get(mine.name);
    if (other === undefined) return mine;
    others.delete(mine.name);
    return {
      name: mine.name,
      optional: mine.optional && other.optional,
      type: agreed(mine.type, other.type),
      comment: mine.comment || other.comment,
    };
  });
  return { kind: "object", members: [...members, ...others.values()], extra: mergeExtra(a.extra, b.extra) };
}

function mergeExtra(a: ObjectType["extra"], b: ObjectType["extra"]): ObjectType["extra"] {
  if (a === "shut" || b === "shut") return "shut";
  if (a === "unsaid") return b;
  return b === "unsaid" ? a : agreed(a, b);
}

function scalar(a: Type, b: Type): Type {
  if (a.kind === "literal" && b.kind === "literal") return a.text === b.text ? a : NEVER;
  if (a.kind === "primitive" && b.kind === "primitive") return a.name === b.name ? a : NEVER;
  if (a.kind === "literal" && b.kind === "primitive") return a.of === b.name ? a : NEVER;
  if (a.kind === "primitive" && b.kind === "literal") return b.of === a.name ? b : NEVER;
  return a.kind === "name" || b.kind === "name" || a.kind === "intersection" || b.kind === "intersection" ? intersection(a, b) : NEVER;
}

function intersection(a: Type, b: Type): Type {
  if (breadth(a) * breadth(b) > MAX_BREADTH) return ANY;
  const parts = [a, b].flatMap((type) => (type.kind === "intersection" ? type.parts : [type]));
  return { kind: "intersection", parts };
}

function breadth(type: Type): number {
  if (type.kind === "union") return type.parts.reduce((sum, part) => sum + breadth(part), 0);
  if (type.kind === "intersection") return type.parts.reduce((product, part) => product * breadth(part), 1);
  return type.kind === "name" ? NAME_BREADTH : 1;
}

/** Nodes and words of comments, as far as it matters: the walk stops soon after `MAX_WRITTEN_OUT`. */
function weight(type: Type): number {
  const sum = (types: readonly Type[]): number => {
    let total = 1;
    for (const each of types) if ((total += weight(each)) > MAX_WRITTEN_OUT) break;
    return total;
  };
  if (type.kind === "union" || type.kind === "intersection") return sum(type.parts);
  if (type.kind === "array") return sum([type.element]);
  if (type.kind === "tuple") return sum([...type.elements, ...(type.rest === undefined ? [] : [type.rest])]);
  if (type.kind !== "object") return 1;
  const comments = type.members.reduce((total, member) => total + member.comment.length / 6, 0);
  return comments + sum([...type.members.map((member) => member.type), ...(typeof type.extra === "string" ? [] : [type.extra])]);
}

/** `object` without a word about its properties adds nothing to another object. */
function isAnyObject(type: Type, other: Type): boolean {
  const empty = type.kind === "object" && type.members.length === 0 && type.extra === "unsaid";
  return empty && (other.kind === "object" || other.kind === "name" || other.kind === "intersection");
}

function isScalar(type: Type): boolean {
  return type.kind === "primitive" || type.kind === "literal";
}

function isList(type: Type): boolean {
  return type.kind === "array" || type.kind === "tuple";
}

/** A single type, or a union, of scalars alone: an intersection with it can only shrink. */
function isFlat(type: Type): boolean {
  return partsOf(type).length < 1_000 && partsOf(type).every(isScalar);
}

function foldBoolean(parts: readonly Type[]): readonly Type[] {
  const isBoolean = (part: Type): boolean => part.kind === "literal" && part.of === "boolean";
  if (parts.filter(isBoolean).length < 2) return parts;
  const first = parts.findIndex(isBoolean);
  return parts.flatMap((part, index): Type[] =>
    index === first ? [{ kind: "primitive", name: "boolean" }] : isBoolean(part) ? [] : [part],
  );
}
