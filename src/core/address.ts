import { isRecord } from "./record.ts";

/**
 * How resources and prompts of several upstreams stand beside each other: the namespace before what the upstream calls them. Nothing has to be
 * remembered to undo it, so that a URI stays good over restarts and no upstream can take another's place.
 */
export interface Address {
  readonly namespace: string;
  /** The upstream's own URI, URI template or name. */
  readonly own: string;
}

const SCHEME = "codemode://";

/** `codemode://github/repo://owner/name`. A URI template stays one. */
export function addressUri({ namespace, own }: Address): string {
  return `${SCHEME}${encodeURIComponent(namespace)}/${own}`;
}

/** Undefined for a URI that is not of this form. */
export function readUri(uri: string): Address | undefined {
  const slash = uri.indexOf("/", SCHEME.length);
  if (!uri.startsWith(SCHEME) || slash < 0) return undefined;
  try {
    return { namespace: decodeURIComponent(uri.slice(SCHEME.length, slash)), own: uri.slice(slash + 1) };
  } catch {
    return undefined;
  }
}

/** `github.review`: a namespace has no dot. */
export function addressName({ namespace, own }: Address): string {
  return `${namespace}.${own}`;
}

/** Undefined for a name that is not of this form. */
export function readName(name: string): Address | undefined {
  const dot = name.indexOf(".");
  return dot < 1 ? undefined : { namespace: name.slice(0, dot), own: name.slice(dot + 1) };
}

/** What clients open themselves, without asking the server that gave the link ("Common URI Schemes" of the specification). */
const OPENED_BY_CLIENTS = /^(?:https?|data):/i;

/** A content block of an upstream whose link can be read through the proxy. What is no link or embedded resource stays what it is, whatever it is. */
export function addressBlock(block: unknown, namespace: string): unknown {
  if (!isRecord(block)) return block;
  if (block["type"] === "resource_link") return addressMember(block, namespace);
  if (block["type"] === "resource" && isRecord(block["resource"]))
    return { ...block, resource: addressMember(block["resource"], namespace) };
  return block;
}

function addressMember(owner: Record<string, unknown>, namespace: string): Record<string, unknown> {
  const { uri } = owner;
  return typeof uri === "string" && !OPENED_BY_CLIENTS.test(uri) ? { ...owner, uri: addressUri({ namespace, own: uri }) } : owner;
}
