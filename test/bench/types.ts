import { buildCatalog, declare } from "../../src/catalog/catalog.ts";
import { LEVELS } from "../../src/catalog/declarations.ts";
import { compile } from "../unit/catalog/compile.ts";
import { compareWithSuite, DRAFTS } from "../unit/catalog/suite.ts";
import { listingOf, table } from "./catalogues.ts";
import type { Catalogue } from "./catalogues.ts";

export function typesTable(catalogues: readonly Catalogue[]): string[] {
  const { namespaces } = buildCatalog(catalogues.map(listingOf));
  const errors = [...LEVELS, "checked" as const].map((level) => {
    const text = namespaces.map((namespace) => declare(namespace, level)).join("");
    return [`errors of \`tsc --strict\`, declarations \`${level}\``, compile({ "/all.d.ts": text }).length];
  });
  const suite = compareWithSuite();
  const agreed = suite.tests - suite.refused.length - suite.accepted.length;
  return table(
    ["what", "count"],
    [
      ...errors,
      [`tests of the JSON-Schema-Test-Suite, ${DRAFTS.join(" and ")}`, suite.tests],
      ["on which the type agrees", agreed],
      ["valid, and refused on purpose (listed with reasons)", suite.refused.length],
      ["invalid, and TypeScript has no type for it (listed with reasons)", suite.accepted.length],
    ],
  );
}
