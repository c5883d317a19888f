import { buildCatalog } from "../../src/catalog/catalog.ts";
import type { UpstreamListing } from "../../src/core/tool.ts";
import { describeTool } from "../../src/mcp/description.ts";
import { listingOf, table } from "./catalogues.ts";
import type { Catalogue } from "./catalogues.ts";

const BUDGET = 16_000;

/** Wall time, and the time of the processor in brackets, which a busy machine leaves as it is. */
export function costTable(catalogues: readonly Catalogue[]): string[] {
  // What a started Worker has compiled by then, so that the first row measures the same as the last.
  describe(copiesOf(catalogues, 500));
  const rows = [1_000, 2_500, 5_000].map((count) => {
    const listings = copiesOf(catalogues, count);
    const cold = timeOf(() => describe(listings));
    const again = timeOf(() => describe(listings));
    const [first, ...others] = listings;
    const changed = first === undefined ? others : [{ ...first, tools: [...first.tools] }, ...others];
    const one = timeOf(() => describe(changed));
    return [count, listings.length, show(cold), `${((1_000 * cold.cpu) / count).toFixed(0)} µs`, show(again), show(one)];
  });
  return table(["tools", "servers", "cold", "processor, for each tool", "again, nothing changed", "again, one server changed"], rows);
}

function describe(listings: readonly UpstreamListing[]): string {
  return describeTool(buildCatalog(listings), BUDGET);
}

/** Copies of the catalogues under other keys, read anew each time, until there are so many tools. */
function copiesOf(catalogues: readonly Catalogue[], count: number): UpstreamListing[] {
  const listings: UpstreamListing[] = [];
  for (let copy = 0, tools = 0; tools < count && catalogues.length > 0; copy += 1) {
    for (const catalogue of structuredClone(catalogues)) {
      if (tools >= count) break;
      listings.push(listingOf({ key: `${catalogue.key}_${copy}`, tools: catalogue.tools.slice(0, count - tools) }));
      tools += catalogue.tools.length;
    }
  }
  return listings;
}

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

function timeOf(run: () => unknown): Time {
  const before = process.cpuUsage();
  const started = performance.now();
  run();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1_000 };
}

function show({ wall, cpu }: Time): string {
  return `${wall.toFixed(0)} ms (${cpu.toFixed(0)} ms)`;
}
