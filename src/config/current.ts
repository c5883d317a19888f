import text from "../../codemode.jsonc";
import { parseConfig } from "./load.ts";
import type { Config } from "./schema.ts";

let current: Config | undefined;

/**
 * The configuration that this Worker was built or started with. Parsed at first use, so that a broken one is an answer to a request and
 * not a Worker that does not start. Throws CodemodeError("config").
 */
export function currentConfig(namespaceOf: (key: string) => string): Config {
  current ??= parseConfig(text, { namespaceOf, source: "codemode.jsonc" });
  return current;
}
