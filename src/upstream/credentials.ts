import { resolveHttpUpstream } from "../config/env-references.ts";
import type { HttpUpstreamConfig } from "../config/schema.ts";

/** Reads one environment variable or Worker secret. */
export type ReadEnv = (name: string) => string | undefined;

/** Where an upstream is and what it wants to be sent. Never leaves `upstream/`. */
export interface Target {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Takes every secret of this target out of a text that is about to leave `upstream/`. */
  readonly redact: (text: string) => string;
}

/** Shorter values are words of ordinary texts: redacting them would eat messages and protect nothing. */
const MIN_SECRET_CHARS = 6;

/**
 * Fills in the references of an HTTP upstream at the moment of use.
 * Throws CodemodeError("config") naming the key path of a missing variable or of an address that is none.
 */
export function resolveTarget(config: HttpUpstreamConfig, readEnv: ReadEnv): Target {
  const secrets = new Set<string>();
  const resolved = resolveHttpUpstream(config, (name) => {
    const found = readEnv(name);
    if (found !== undefined) secrets.add(found.trim());
    return found;
  });
  const url = new URL(resolved.url);
  for (const value of url.searchParams.values()) secrets.add(value);
  // "Bearer abc": the token may be echoed without its scheme.
  for (const value of Object.values(resolved.headers)) for (const part of value.split(/\s+/)) secrets.add(part);
  const known = [...secrets].filter((secret) => secret.length >= MIN_SECRET_CHARS).toSorted((a, b) => b.length - a.length);
  return { url, headers: resolved.headers, redact: (text) => known.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text) };
}
