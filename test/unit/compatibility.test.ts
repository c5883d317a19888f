import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { expect, it } from "vitest";
import { PROXY_COMPATIBILITY } from "../../src/core/compatibility.ts";

it("a deployed Worker is compiled for what the local one is", () => {
  const wrangler = parse(readFileSync(join(import.meta.dirname, "../../wrangler.jsonc"), "utf8")) as Record<string, unknown>;
  expect({ compatibilityDate: wrangler["compatibility_date"], compatibilityFlags: wrangler["compatibility_flags"] }).toEqual(
    PROXY_COMPATIBILITY,
  );
});
