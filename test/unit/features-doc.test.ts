import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const rows = readFileSync(join(ROOT, "docs/features.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:Feature|---)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

it("every feature that passes names a test that exists, and one that does not names none", () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const [, feature, ...cells] of rows) {
    const tests = [...(cells[4] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    const passes = cells.slice(0, 4).some((cell) => cell !== "-" && cell !== "not in MCP");
    expect(tests.length > 0, feature).toBe(passes);
    for (const name of tests) expect(existsSync(join(ROOT, name)), name).toBe(true);
  }
});
