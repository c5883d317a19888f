import { expect, it } from "vitest";
import { RESERVED_NAMES } from "../../src/catalog/reserved.ts";
import { returned } from "../support/run-program.ts";

it("every global of a real sandbox is reserved, so that no namespace can shadow one", async () => {
  const program = `
    const names = new Set();
    for (let at = globalThis; at !== null; at = Object.getPrototypeOf(at)) for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    return [...names];
  `;
  const globals = JSON.parse(await returned(program)) as string[];
  expect(globals.length).toBeGreaterThan(100);
  const ours = new Set([...RESERVED_NAMES, "peer"]);
  expect(globals.filter((name) => !ours.has(name))).toEqual([]);
});
