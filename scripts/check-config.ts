/** Runs before a deployment: a broken codemode.jsonc ends it with the same message as at the local start. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { namespaceOf } from "../src/catalog/names.ts";
import { parseConfig } from "../src/config/load.ts";
import { CodemodeError } from "../src/core/errors.ts";

const text = readFileSync(join(import.meta.dirname, "../codemode.jsonc"), "utf8");
try {
  const { upstreams, auth } = parseConfig(text, { namespaceOf, source: "codemode.jsonc" });
  const stdio = upstreams.filter(({ kind }) => kind === "stdio").map(({ key }) => key);
  if (stdio.length > 0) {
    console.warn(
      `Unavailable once deployed, because a Worker cannot start processes: ${stdio.join(", ")}. Give them a "url", or use the local proxy.`,
    );
  }
  if (upstreams.some((upstream) => upstream.kind === "http" && upstream.oauth !== undefined)) {
    console.warn("Upstreams with OAuth need the secret CODEMODE_KEY: npx wrangler secret put CODEMODE_KEY, with a long random text.");
  }
  if (auth === "none") console.warn('"auth": "none": everybody who knows the address may call these tools.');
} catch (error) {
  if (!(error instanceof CodemodeError)) throw error;
  console.error([error.message, error.remedy].join("\n"));
  process.exit(2);
}
