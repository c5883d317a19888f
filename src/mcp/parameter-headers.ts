import { ProtocolError } from "@modelcontextprotocol/server";
import type { JsonSchema } from "../core/tool.ts";

/** `HeaderMismatch` of 2026-07-28. */
export const HEADER_MISMATCH = -32_020;

/** What a client writes that cannot write the value into a header as it is. */
const SENTINEL = /^=\?base64\?(.*)\?=$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** RFC 9110, 5.1, and what a plain value is. Of a server of the 2025 revisions, where the keyword means nothing, a tool may have any. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const TYPES: ReadonlySet<unknown> = new Set(["string", "integer", "boolean"]);

/**
 * 2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters": whoever is between the caller and us may have routed or allowed the call by a header,
 * so a header that says something else than its argument, or nothing, costs the call. Throws ProtocolError; values are not in its message, which may go
 * to logs. Looks no further into the schema than there are arguments.
 */
export function checkParameterHeaders(schema: JsonSchema, args: Readonly<Record<string, unknown>>, headers: Headers): void {
  const open: { readonly node: unknown; readonly value: unknown; readonly name?: string }[] = [{ node: schema, value: args }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, value, name } = next;
    if (name !== undefined) checkOne(node, value, name, headers);
    const properties = own(node, "properties");
    if (typeof value !== "object" || value === null || typeof properties !== "object" || properties === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const path = name === undefined ? key : `${name}.${key}`;
      open.push({ node: own(properties, key), value: inner, name: path.slice(0, MAX_NAME_CHARS) });
    }
  }
}

function checkOne(node: unknown, value: unknown, name: string, headers: Headers): void {
  const declared = own(node, "x-mcp-header");
  const type = own(node, "type");
  if (typeof declared !== "string" || !TOKEN.test(declared) || !TYPES.has(type)) return;
  const text = textOf(value);
  if (text === undefined) return;
  const header = `Mcp-Param-${declared}`;
  const sent = headers.get(header);
  if (sent === null) throw mismatch(header, name, "is missing");
  const said = decoded(sent);
  if (said === undefined) throw mismatch(header, name, "is no valid Base64");
  // `42.0` is 42.
  const isEqual = type === "integer" && typeof value === "number" && DECIMAL.test(said) ? Number(said) === value : said === text;
  if (!isEqual) throw mismatch(header, name, "says something else");
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** An integer beyond 2^53 has lost digits on its way here, so that it cannot be compared. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value) ? String(value) : undefined;
}

function decoded(sent: string): string | undefined {
  const [, encoded] = SENTINEL.exec(sent) ?? [];
  if (encoded === undefined) return sent;
  if (!BASE64.test(encoded)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** As much of a name as helps to find it. */
const MAX_NAME_CHARS = 80;

function mismatch(header: string, argument: string, what: string): ProtocolError {
  const [shown, body] = [header, argument].map((name) => name.slice(0, MAX_NAME_CHARS).toWellFormed());
  const message = `The header ${shown} ${what}: it has to say what the argument ${JSON.stringify(body)} says. Read tools/list again, and send both.`;
  return new ProtocolError(HEADER_MISMATCH, message, { mismatch: { header: shown, body } });
}
