import { freeName } from "./methods.ts";
import type { Method, Methods } from "./methods.ts";
import { toIdentifier } from "./names.ts";
import { printType } from "./print-type.ts";
import type { Member, NamedType, ObjectType, Type } from "./type-tree.ts";

/** A name is worth a look elsewhere only if it stands for a good deal, in characters. */
const MIN_CHARS = 40;
/** What naming a shape has to save in all, in characters. */
const MIN_SAVED = 40;
const NO_REMARKS = { remark: () => "", indent: "" };

interface Shape {
  readonly type: ObjectType;
  readonly hint: string;
  readonly chars: number;
  count: number;
}

/**
 * Gives a name to every object type that is written out in several places of a namespace, where that saves enough to be worth it. The names come
 * from the properties that hold the type (`entities` -> `Entity`); the order of the tools decides, so the same tools give the same names.
 */
export function shareShapes(namespace: string, { methods, named }: Methods): Methods {
  const shapes = new Map<string, Shape>();
  const keys = new WeakMap<ObjectType, string>();
  for (const { declared, input, output } of methods) {
    // An argument object itself stays at its method: it is what a reader looks for there.
    for (const child of childrenOf(input)) collect(child.type, child.hint, shapes, keys);
    if (output !== undefined) collect(output, `${declared.identifier}_Result`, shapes, keys);
  }
  const taken = new Set(named.map(({ name }) => name.slice(namespace.length + 1)));
  const names = new Map<string, string>();
  for (const [key, { count, chars, hint }] of shapes) {
    const name = typeName(hint);
    if (count > 1 && (count - 1) * chars - count * (namespace.length + name.length) >= MIN_SAVED) {
      names.set(key, `${namespace}.${freeName(name, taken)}`);
    }
  }
  if (names.size === 0) return { methods, named };
  const replace = (type: Type, root = false): Type => {
    const name = root || type.kind !== "object" ? undefined : names.get(keys.get(type) ?? "");
    return name === undefined ? mapChildren(type, (child) => replace(child)) : { kind: "name", name };
  };
  const shared = [...names].flatMap(([key, name]): NamedType[] => {
    const shape = shapes.get(key);
    return shape === undefined ? [] : [{ name, type: replace(shape.type, true) }];
  });
  return {
    methods: methods.map((method): Method => ({
      ...method,
      input: replace(method.input, true),
      ...(method.output !== undefined && { output: replace(method.output) }),
    })),
    named: [...named, ...shared],
  };
}

function collect(type: Type, hint: string, shapes: Map<string, Shape>, keys: WeakMap<ObjectType, string>): void {
  if (type.kind === "object" && type.members.length > 1) {
    const key = keys.get(type) ?? printType(type, NO_REMARKS);
    keys.set(type, key);
    const known = shapes.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (key.length >= MIN_CHARS) shapes.set(key, { type, hint, chars: key.length, count: 1 });
  }
  for (const child of childrenOf(type)) collect(child.type, child.hint || (child.element ? singular(hint) : hint), shapes, keys);
}

function childrenOf(type: Type): { type: Type; hint: string; element?: true }[] {
  switch (type.kind) {
    case "object": {
      const extra = typeof type.extra === "string" ? [] : [{ type: type.extra, hint: "" }];
      return [...type.members.map((member) => ({ type: member.type, hint: member.name })), ...extra];
    }
    case "array":
      return [{ type: type.element, hint: "", element: true }];
    case "tuple":
      return [...type.elements, ...(type.rest === undefined ? [] : [type.rest])].map((each) => ({ type: each, hint: "" }));
    case "union":
    case "intersection":
      return type.parts.map((each) => ({ type: each, hint: "" }));
    default:
      return [];
  }
}

function mapChildren(type: Type, map: (child: Type) => Type): Type {
  switch (type.kind) {
    case "object":
      return {
        kind: "object",
        members: type.members.map((member): Member => ({ ...member, type: map(member.type) })),
        extra: typeof type.extra === "string" ? type.extra : map(type.extra),
      };
    case "array":
      return { kind: "array", element: map(type.element) };
    case "tuple":
      return { ...type, elements: type.elements.map(map), rest: type.rest === undefined ? undefined : map(type.rest) };
    case "union":
    case "intersection":
      return { kind: type.kind, parts: type.parts.map(map) };
    default:
      return type;
  }
}

/** Types that the declarations themselves use, and those that a reader would take for the global of that name. */
const GLOBALS: ReadonlySet<string> = new Set(
  "Tools Promise Record Error Object Array String Number Boolean Date Map Set Function Symbol".split(" "),
);

/** `related_issues` in an array -> `RelatedIssue`, `add_item_Result` -> `AddItemResult`. */
function typeName(hint: string): string {
  const words = toIdentifier(hint)
    .split(/_+|(?<=[a-z\d])(?=[A-Z])/)
    .filter((word) => word !== "");
  const name = words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
    .slice(0, 40);
  return /^[A-Z]/.test(name) && !GLOBALS.has(name) ? name : `Shape${name}`;
}

function singular(hint: string): string {
  return hint.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
}
