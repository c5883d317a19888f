/** Run as a program of its own, with the Checker's bundle as its argument: checks the whole corpus against all catalogues, and says what that has taken. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildCatalog, declare } from "../../src/catalog/catalog.ts";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import type { Checks } from "../../src/program/checks.ts";
import type { PrepareResult } from "../../src/program/prepare.ts";
import { listingOf, readCatalogues } from "./catalogues.ts";

interface Checker {
  prepare(source: string): PrepareResult;
  check: Checks["check"];
}

const PROGRAMS = join(import.meta.dirname, "../programs");
const { default: Entrypoint } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as { default: new () => Checker };
const checker = new Entrypoint();
const { namespaces } = buildCatalog(readCatalogues().map(listingOf));
const texts = namespaces.map((namespace) => ({ name: namespace.name, id: namespace.name, text: declare(namespace, "checked") }));
let programs = 0;
for (const path of readdirSync(PROGRAMS, { recursive: true, withFileTypes: true })) {
  if (!path.isFile()) continue;
  const source = readFileSync(join(path.parentPath, path.name), "utf8");
  if (!checker.prepare(source).ok) continue;
  checker.check(source, texts, DEFAULT_LIMITS.checkSteps);
  programs += 1;
}
console.log(JSON.stringify({ programs, bytes: process.memoryUsage().heapUsed }));
