import type { JsonSchema } from "../core/tool.ts";

/** RFC 9110, 5.1: a header's name. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** `number` is left out on purpose by the specification: its text would not be the same everywhere. */
const TYPES: ReadonlySet<unknown> = new Set(["string", "integer", "boolean"]);
const KEY = "x-mcp-header";

/**
 * Why a tool must not be offered although its definition is a schema otherwise: an argument that is to be sent as a header, too (`x-mcp-header`,
 * 2026-07-28), has to have a header's name of its own, be a plain value, and stand where every call can have it. A client that called it all the same
 * would be routed by something that the server has not checked.
 */
export function headerProblem(schema: JsonSchema): string | undefined {
  const names = new Set<string>();
  const open: { readonly node: unknown; readonly isArgument: boolean }[] = [{ node: schema, isArgument: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, isArgument } = next;
    if (typeof node !== "object" || node === null) continue;
    if (Object.hasOwn(node, KEY)) {
      const { [KEY]: name, type } = node as Record<string, unknown>;
      if (!isArgument) return `${KEY} stands where there is no argument`;
      if (typeof name !== "string" || !TOKEN.test(name)) return `${KEY} is not the name of a header`;
      if (!TYPES.has(type)) return `${KEY} stands at an argument that is no string, integer or boolean`;
      if (names.has(name.toLowerCase())) return `${KEY} is used twice with one name`;
      names.add(name.toLowerCase());
    }
    for (const [key, value] of Object.entries(node)) {
      // Only a chain of `properties` leads to what every call can have.
      const isChain = key === "properties" && (node === schema || isArgument);
      for (const inner of isChain && typeof value === "object" && value !== null ? Object.values(value) : [value])
        open.push({ node: inner, isArgument: isChain });
    }
  }
  return undefined;
}
