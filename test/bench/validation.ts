import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Tool } from "../../src/core/tool.ts";
import { violationsOf } from "../../src/execute/validate.ts";
import { valueFor } from "../unit/execute/value-for.ts";
import { ROOT } from "../support/proxy.ts";

/** Microseconds that the arguments of one call take to be validated, over every tool of the published servers, ten values each, warm. */
export function validationCost(): number {
  const folder = join(ROOT, "test/fixtures/catalogues");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const tools = files.flatMap((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { tools: Tool[] }).tools);
  const calls = tools.flatMap(({ inputSchema }) =>
    fc.sample(valueFor(inputSchema), { numRuns: 10, seed: 1 }).map((value) => ({ inputSchema, value })),
  );
  const round = () => {
    const start = performance.now();
    for (const { inputSchema, value } of calls) violationsOf(inputSchema, value);
    return ((performance.now() - start) / calls.length) * 1_000;
  };
  for (let warmUp = 0; warmUp < 5; warmUp += 1) round();
  return Math.min(...Array.from({ length: 10 }, round));
}
