import { parseConfig } from "../../../src/config/load.ts";
import type { Config } from "../../../src/config/schema.ts";
import { CodemodeError } from "../../../src/core/errors.ts";

/** The derivation of namespaces is a parameter: this one maps "a-b" and "a_b" to the same. */
const namespaceOf = (key: string): string => key.replaceAll(/\W/g, "_");

/** Parses a text, or a value as JSON. */
export function parse(input: unknown, source?: string): Config {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return parseConfig(text, source === undefined ? { namespaceOf } : { namespaceOf, source });
}

/** What `parse` refuses with. */
export function refusalOf(input: unknown, source?: string): CodemodeError {
  return thrownBy(() => parse(input, source));
}

export function thrownBy(act: () => unknown): CodemodeError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof CodemodeError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
