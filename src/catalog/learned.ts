import { isDataName } from "./data-name.ts";
import type { Member, ObjectType, PrimitiveName, Type } from "./type-tree.ts";
import { ANY, either } from "./type-tree.ts";

/**
 * What the results of a tool look like, and nothing of what they say: which kinds of value were seen at which place. Plain data, so that it can
 * be kept as JSON; equal shapes have equal JSON. The names of properties are all that it has of the upstream's.
 */
export type Shape = typeof ANYTHING | SeenShape;

interface SeenShape {
  /** Sorted. */
  readonly scalars: readonly PrimitiveName[];
  /** Of all arrays together; a shape of nothing if they were empty. */
  readonly elements?: Shape;
  readonly object?: SeenObject;
}

interface SeenObject {
  /** Sorted by name. */
  readonly members: readonly SeenMember[];
  /** Of all properties together whose names are data, or are too many. */
  readonly others?: Shape;
}

interface SeenMember {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

/** Too deep to tell, or given up. */
const ANYTHING = "any";
const NOTHING: SeenShape = { scalars: [] };

/** Arrays and objects below are not looked at. */
const MAX_DEPTH = 6;
/** Objects with more different names are maps, whatever the names look like. */
const MAX_MEMBERS = 60;
/** A list tells by its beginning what the rest of it is. */
const MAX_ELEMENTS = 100;
/** A result with more values is not learned from: it would cost more time than it is worth. */
const MAX_VALUES = 20_000;
/** JSON of a shape, in UTF-16 units. What grows beyond it is given up for good. */
const MAX_SHAPE_CHARS = 64_000;
/** From so many members on, an object whose members are all alike is a map. */
const MIN_MAP = 5;

/** The shape of a JSON value; `undefined` if it is too large to be looked at. */
export function shapeOf(value: unknown): Shape | undefined {
  let left = MAX_VALUES;
  const read = (each: unknown, depth: number): Shape => {
    left -= 1;
    if (typeof each !== "object" || each === null) return { scalars: [scalarName(each)] };
    if (depth >= MAX_DEPTH || left < 0) return ANYTHING;
    if (Array.isArray(each)) return { scalars: [], elements: joinAll(each.slice(0, MAX_ELEMENTS).map((inner) => read(inner, depth + 1))) };
    const members = Object.entries(each).map(([name, inner]): SeenMember => ({ name, optional: false, shape: read(inner, depth + 1) }));
    const data = members.filter(({ name }) => isDataName(name)).map(({ shape }) => shape);
    const fixed = members.filter(({ name }) => !isDataName(name)).toSorted(byName);
    return { scalars: [], object: narrow(fixed, data.length === 0 ? undefined : joinAll(data)) };
  };
  const shape = read(value, 0);
  return left < 0 ? undefined : shape;
}

/** What holds for the values of both. Commutative, associative and idempotent as long as the result is not so large that it is given up. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  const shape = join(a, b);
  return JSON.stringify(shape).length > MAX_SHAPE_CHARS ? ANYTHING : shape;
}

/** The type that all values have from which the shape was learned, as deep as `maxNodes` types allow. */
export function learnedType(shape: Shape, maxNodes: number): Type {
  for (let depth = MAX_DEPTH; depth > 0; depth -= 1) {
    const type = typeOf(shape, depth);
    if (nodesOf(type) <= maxNodes) return type;
  }
  return typeOf(shape, 0);
}

function joinAll(shapes: readonly Shape[]): Shape {
  return shapes.reduce(join, NOTHING);
}

function join(a: Shape, b: Shape): Shape {
  if (a === ANYTHING || b === ANYTHING) return ANYTHING;
  const elements = joinIf(a.elements, b.elements);
  const object = a.object === undefined || b.object === undefined ? (a.object ?? b.object) : joinObjects(a.object, b.object);
  return {
    scalars: [...new Set([...a.scalars, ...b.scalars])].toSorted(),
    ...(elements !== undefined && { elements }),
    ...(object !== undefined && { object }),
  };
}

function joinIf(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  return a === undefined || b === undefined ? (a ?? b) : join(a, b);
}

function joinObjects(a: SeenObject, b: SeenObject): SeenObject {
  const others = new Map(b.members.map((member) => [member.name, member]));
  const members = a.members.map((mine): SeenMember => {
    const other = others.get(mine.name);
    others.delete(mine.name);
    return other === undefined
      ? { ...mine, optional: true }
      : { name: mine.name, optional: mine.optional || other.optional, shape: join(mine.shape, other.shape) };
  });
  const added = Array.from(others.values(), (member): SeenMember => ({ ...member, optional: true }));
  return narrow([...members, ...added].toSorted(byName), joinIf(a.others, b.others));
}

/** Which names are kept must not depend on the order in which they were seen: the first ones by name. */
function narrow(sorted: readonly SeenMember[], others: Shape | undefined): SeenObject {
  const rest = sorted.slice(MAX_MEMBERS).map(({ shape }) => shape);
  const joined = rest.length === 0 ? others : joinAll(others === undefined ? rest : [others, ...rest]);
  return { members: sorted.slice(0, MAX_MEMBERS), ...(joined !== undefined && { others: joined }) };
}

function typeOf(shape: Shape, depth: number): Type {
  if (shape === ANYTHING) return ANY;
  const { scalars, elements, object } = shape;
  if (depth === 0 && (elements !== undefined || object !== undefined)) return ANY;
  const types: Type[] = scalars.filter((name) => name !== "null").map((name) => ({ kind: "primitive", name }));
  if (elements !== undefined) types.push({ kind: "array", element: typeOf(elements, depth - 1) });
  if (object !== undefined) types.push(objectType(object, depth - 1));
  if (scalars.includes("null")) types.push({ kind: "primitive", name: "null" });
  return types.length === 0 ? ANY : either(types);
}

function objectType({ members, others }: SeenObject, depth: number): ObjectType {
  const values = [...members.map(({ shape }) => shape), ...(others === undefined ? [] : [others])];
  const crowded = others !== undefined && members.length === MAX_MEMBERS;
  if (values.length === 0) return { kind: "object", members: [], extra: "unsaid" };
  if (members.length === 0 || crowded || isMap(members)) return { kind: "object", members: [], extra: typeOf(joinAll(values), depth) };
  return {
    kind: "object",
    members: members.map(({ name, optional, shape }): Member => ({ name, optional, type: typeOf(shape, depth), comment: "" })),
    extra: others === undefined ? "unsaid" : typeOf(others, depth),
  };
}

/** Names such as `alice`, `bob` look like any other, but what they name is alike. */
function isMap(members: readonly SeenMember[]): boolean {
  if (members.length < MIN_MAP) return false;
  const looks = new Set(members.map(({ shape }) => lookOf(shape)));
  // Records often have five texts; five objects with the same members are no accident, nor are five values none of which has to be there.
  return looks.size === 1 && (members.every(({ shape }) => isRecord(shape)) || members.every(({ optional }) => optional));
}

/** Of a record the names that it has, of any other shape all of it. */
function lookOf(shape: Shape): string {
  return JSON.stringify(isRecord(shape) ? shape.object.members.map(({ name }) => name) : shape);
}

function isRecord(shape: Shape): shape is SeenShape & { object: SeenObject } {
  return shape !== ANYTHING && shape.object !== undefined && shape.object.members.length > 0;
}

function nodesOf(type: Type): number {
  switch (type.kind) {
    case "array":
      return 1 + nodesOf(type.element);
    case "union":
      return type.parts.reduce((sum, part) => sum + nodesOf(part), 0);
    case "object": {
      const extra = typeof type.extra === "string" ? 0 : nodesOf(type.extra);
      return type.members.reduce((sum, member) => sum + nodesOf(member.type), 1 + extra);
    }
    default:
      return 1;
  }
}

function scalarName(value: unknown): PrimitiveName {
  const kind = typeof value;
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "null";
}

function byName(a: SeenMember, b: SeenMember): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
