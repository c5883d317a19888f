import { resolveHttpUpstream } from "../config/env-references.ts";
import type { HttpUpstreamConfig } from "../config/schema.ts";
import { isSurelySecret, Redaction } from "../core/redaction.ts";

/** Reads one environment variable or Worker secret. */
export type ReadEnv = (name: string) => string | undefined;

/** Where an upstream is and what it wants to be sent. Never leaves `upstream/`. */
export interface Target {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Takes every secret of this target out of a text that is about to leave `upstream/`. */
  readonly redact: (text: string) => string;
  /** What the upstream itself must not tell a program, if it should echo it. */
  readonly echoes: Redaction;
}

/** Shorter values are words of ordinary texts: redacting them would eat messages and protect nothing. */
const MIN_SECRET_CHARS = 6;

/**
 * Fills in the references of an HTTP upstream at the moment of use.
 * Throws CodemodeError("config") naming the key path of a missing variable or of an address that is none.
 */
export function resolveTarget(config: HttpUpstreamConfig, readEnv: ReadEnv): Target {
  const said = new Redaction(MIN_SECRET_CHARS);
  const echoes = new Redaction();
  const referenced: string[] = [];
  const resolved = resolveHttpUpstream(config, (name) => {
    const found = readEnv(name);
    if (found !== undefined) referenced.push(found.trim());
    return found;
  });
  const url = new URL(resolved.url);
  // "Bearer abc": the token may be echoed without its scheme.
  const headers = Object.entries(resolved.headers).map(([name, value]) => ({ name, parts: value.split(/\s+/) }));
  const parts = headers.flatMap((header) => header.parts);
  const keys = headers.filter(({ name }) => /auth|key|token|secret|cookie/i.test(name)).flatMap((header) => header.parts);
  const query = [...url.searchParams.values()];
  for (const secret of [...referenced, ...query, ...parts]) said.note(secret);
  // Of the references those that are sent as a secret: a host or a path is in every link of an answer.
  const sent = referenced.filter((value) => [...query, ...parts].some((part) => part.includes(value)));
  for (const secret of [...sent, ...keys]) if (isSurelySecret(secret)) echoes.note(secret);
  return { url, headers: resolved.headers, redact: said.apply, echoes };
}
