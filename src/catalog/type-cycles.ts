import type { NamedType, Type } from "./type-tree.ts";
import { ANY } from "./type-tree.ts";

/** Named types that stand for one another. TypeScript follows such a chain by recursion. */
const MAX_CHAIN = 50;

/**
 * `type A = A | string` and longer ways round are errors in TypeScript, and say nothing: such a type is `any`.
 * A circle through the property of an object or the items of an array is fine.
 */
export function withoutCycles(named: readonly NamedType[]): NamedType[] {
  const types = new Map(named.map(({ name, type }) => [name, type]));
  for (const { name } of named) {
    const seen = new Set<string>();
    const queue = eagerNames(types.get(name) ?? ANY, "head");
    for (let next = queue.pop(); next !== undefined && seen.size <= MAX_CHAIN; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...eagerNames(types.get(next) ?? ANY, "head"));
    }
    if (seen.has(name) || seen.size > MAX_CHAIN) types.set(name, ANY);
  }
  return named.map(({ name }) => ({ name, type: types.get(name) ?? ANY }));
}

/**
 * The names that TypeScript resolves at once when it meets the alias. Lists are resolved later, except a list within an optional or
 * a rest element: `type A = [[A]?] | null` is an error, `[A?] | null` and `[[A]] | null` are not.
 */
function eagerNames(type: Type, place: "head" | "list" | "optional" | "eager"): string[] {
  const within = place === "optional" || place === "eager" ? "eager" : "list";
  switch (type.kind) {
    case "name":
      return place === "head" || place === "eager" ? [type.name] : [];
    case "union":
    case "intersection":
      return type.parts.flatMap((part) => eagerNames(part, place));
    case "array":
      return eagerNames(type.element, within);
    case "tuple": {
      const loose = place === "eager" || place === "optional" ? "eager" : "optional";
      const elements = type.elements.flatMap((element, index) => eagerNames(element, index < type.required ? within : loose));
      return type.rest === undefined ? elements : [...elements, ...eagerNames(type.rest, loose)];
    }
    default:
      return [];
  }
}
