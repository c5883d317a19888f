import { isSchemaObject } from "../catalog/schema-document.ts";

/** A place in the arguments: names of members and indexes of items, from the outside in. */
export type Path = readonly (string | number)[];

/** One thing that is surely wrong with the arguments of a call. `value` is what stands at `path`. */
export type Violation =
  | { readonly kind: "type"; readonly path: Path; readonly value: unknown; readonly types: readonly string[]; readonly optional: boolean }
  | {
      readonly kind: "value";
      readonly path: Path;
      readonly value: unknown;
      readonly allowed: readonly unknown[];
      readonly optional: boolean;
    }
  /** `expected` ends a sentence that begins with "must". */
  | { readonly kind: "bound"; readonly path: Path; readonly expected: string }
  /** `types` are those that the schema names for it; `undeclared` are the members that were given and that the schema does not name. */
  | { readonly kind: "missing"; readonly path: Path; readonly types: readonly string[]; readonly undeclared: readonly string[] }
  /** One of the members `names` must be there. */
  | { readonly kind: "choice"; readonly path: Path; readonly names: readonly string[] }
  | { readonly kind: "unknown"; readonly path: Path; readonly declared: readonly string[] };

/** Whether a JSON value is of a JSON Schema type. */
export function isOfType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isSchemaObject(value);
  return type === "null" ? value === null : typeof value === type;
}

/** What the branches of a union have against a value, as what the branch has that was most probably meant. */
export function meant(branches: readonly (readonly Violation[])[], value: unknown, path: Path): Violation[] {
  const isHere = ({ kind, path: { length } }: Violation) => (kind === "type" || kind === "value") && length === path.length;
  const fitting = branches.filter((violations) => !violations.some(isHere));
  const bare = fitting.flat();
  if (bare.length > 0 && bare.every(({ kind, path: { length } }) => kind === "missing" && length === path.length + 1)) {
    const names = [...new Set(bare.map((each) => String(each.path.at(-1))))];
    if (names.length > 1 && fitting.every(({ length }) => length === 1)) {
      return [{ kind: "choice", path, names }];
    }
  }
  const [nearest] = fitting.toSorted((a, b) => distanceOf(a, path) - distanceOf(b, path));
  return nearest === undefined ? merged(branches.flat().filter(isHere), value, path) : [...nearest];
}

/** How far a branch is from what was given. A member with another fixed value (`type: "card"`) says that another branch was meant. */
function distanceOf(violations: readonly Violation[], path: Path): number {
  const elsewhere = violations.filter((each) => each.kind === "value" && each.path.length === path.length + 1);
  return elsewhere.length * 1_000 + violations.length;
}

/** What every branch of a union expected in the place of one value, as one. */
function merged(violations: readonly Violation[], value: unknown, path: Path): Violation[] {
  const allowed = violations.flatMap((each) => (each.kind === "value" ? each.allowed : []));
  const types = violations.flatMap((each) => (each.kind === "type" ? each.types : []));
  const ofAllowed = allowed.map((each) => (each === null ? "null" : Array.isArray(each) ? "array" : typeof each));
  const optional = violations.some((each) => (each.kind === "type" || each.kind === "value") && each.optional);
  if (types.length === 0 || ofAllowed.some((type) => isOfType(value, type))) return [{ kind: "value", path, value, allowed, optional }];
  return [{ kind: "type", path, value, types: [...new Set([...types, ...ofAllowed])], optional }];
}
