import type { CatalogTool } from "../catalog/catalog.ts";
import { EXECUTE_TOOL } from "./tool.ts";

/** What the specification recommends since 2025-11-25, and what models' APIs accept: one other name, and some refuse the whole list. */
const PORTABLE = /^[A-Za-z0-9_.-]{1,128}$/;
const MAX_CHARS = 128;

/**
 * The names under which tools of several upstreams stand beside each other and beside `execute_code`. A tool keeps its name if that is portable
 * and nobody else's; otherwise all who have it are called `<namespace>_<name>`, with `_` for what is not portable, and numbered where even
 * those meet. The order is that of `tools`; the same tools get the same names.
 */
export function exposedNames(tools: readonly CatalogTool[]): Map<string, CatalogTool> {
  const claims = new Map([[EXECUTE_TOOL, 1]]);
  for (const { tool } of tools) claims.set(tool.name, (claims.get(tool.name) ?? 0) + 1);
  const keeps = ({ tool }: CatalogTool) => PORTABLE.test(tool.name) && claims.get(tool.name) === 1;
  const taken = new Set([EXECUTE_TOOL, ...tools.filter(keeps).map(({ tool }) => tool.name)]);
  return new Map(tools.map((each) => [keeps(each) ? each.tool.name : madeName(each, taken), each]));
}

function madeName({ namespace, tool }: CatalogTool, taken: Set<string>): string {
  const base = `${namespace}_${tool.name}`.replaceAll(/[^A-Za-z0-9_.-]+/g, "_").slice(0, MAX_CHARS);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base.slice(0, MAX_CHARS - 1 - String(number).length)}_${number}`;
  taken.add(name);
  return name;
}
