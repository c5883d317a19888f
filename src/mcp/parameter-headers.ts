import { ProtocolError } from "@modelcontextprotocol/server";
import type { JsonSchema } from "../core/tool.ts";

/** `HeaderMismatch` of 2026-07-28. */
export const HEADER_MISMATCH = -32_020;

const PREFIX = "Mcp-Param-";
/** What a client writes that cannot write the value into a header as it is. */
const SENTINEL = /^=\?base64\?(.*)\?=$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** An argument that is sent as a header, too. */
interface Declared {
  readonly header: string;
  readonly path: readonly string[];
  readonly type: unknown;
}

/**
 * 2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters": whoever is between the caller and us may have routed or allowed the call by a header,
 * so a header that says something else than its argument, or nothing, costs the call. Throws ProtocolError; values are not in its message, which may go
 * to logs. The schema's own annotations are valid: tools with others are not offered.
 */
export function checkParameterHeaders(schema: JsonSchema, args: Readonly<Record<string, unknown>>, headers: Headers): void {
  for (const { header, path, type } of declaredIn(schema)) {
    const value = valueAt(args, path);
    const text = textOf(value);
    // A header without an argument says nothing that anybody acts upon here.
    if (text === undefined) continue;
    const sent = headers.get(header);
    if (sent === null) throw mismatch(header, path, "is missing");
    const said = decoded(sent);
    if (said === undefined) throw mismatch(header, path, "is no valid Base64");
    // `42.0` is 42.
    const isEqual = type === "integer" && typeof value === "number" && DECIMAL.test(said) ? Number(said) === value : said === text;
    if (!isEqual) throw mismatch(header, path, "says something else");
  }
}

function declaredIn(schema: JsonSchema): Declared[] {
  const declared: Declared[] = [];
  const open: { readonly node: unknown; readonly path: readonly string[] }[] = [{ node: schema, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    const name = own(node, "x-mcp-header");
    if (typeof name === "string" && path.length > 0) declared.push({ header: PREFIX + name, path, type: own(node, "type") });
    const properties = own(node, "properties");
    if (typeof properties !== "object" || properties === null) continue;
    for (const [key, inner] of Object.entries(properties)) open.push({ node: inner, path: [...path, key] });
  }
  return declared;
}

function valueAt(args: unknown, path: readonly string[]): unknown {
  return path.reduce(own, args);
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

function mismatch(header: string, path: readonly string[], what: string): ProtocolError {
  const [shown, argument] = [header, path.join(".")].map((name) => name.slice(0, MAX_NAME_CHARS).toWellFormed());
  const message = `The header ${shown} ${what}: it has to say what the argument ${JSON.stringify(argument)} says. Read tools/list again, and send both.`;
  return new ProtocolError(HEADER_MISMATCH, message, { mismatch: { header: shown, body: argument } });
}
