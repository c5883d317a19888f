/** Reading a JSON Schema that a stranger wrote: own properties only, wrong kinds count as absent. */

export type SchemaObject = { readonly [keyword: string]: unknown };

export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property of a schema; `__proto__`, `constructor` and the like are found only if the document has them. */
export function own(schema: SchemaObject, keyword: string): unknown {
  return Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
}

export function ownString(schema: SchemaObject, keyword: string): string | undefined {
  const value = own(schema, keyword);
  return typeof value === "string" ? value : undefined;
}

export function ownArray(schema: SchemaObject, keyword: string): readonly unknown[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value : [];
}

export function ownObject(schema: SchemaObject, keyword: string): SchemaObject {
  const value = own(schema, keyword);
  return isSchemaObject(value) ? value : {};
}

/** The reference of a schema, whichever keyword holds it. */
export function referenceOf(schema: SchemaObject): string | undefined {
  return ownString(schema, "$ref") ?? ownString(schema, "$dynamicRef") ?? ownString(schema, "$recursiveRef");
}

/** One schema document and what its local references mean. Nothing is ever fetched. */
export class SchemaDocument {
  readonly root: unknown;
  readonly #found = new Map<string, unknown>();
  #anchors: Map<string, unknown> | undefined;

  constructor(root: unknown) {
    this.root = root;
  }

  /** What `reference` points at, or `undefined`: the document does not hold it. */
  resolve(reference: string): unknown {
    if (!this.#found.has(reference)) this.#found.set(reference, this.#find(reference));
    return this.#found.get(reference);
  }

  #find(reference: string): unknown {
    const hash = reference.indexOf("#");
    const base = hash < 0 ? reference : reference.slice(0, hash);
    const fragment = hash < 0 ? "" : reference.slice(hash + 1);
    const resource = base === "" ? this.root : this.#anchored(base);
    if (fragment === "" || resource === undefined) return resource;
    return fragment.startsWith("/") ? follow(resource, fragment) : this.#anchored(`#${fragment}`);
  }

  /** Looks up a `$id` or, with `#` before it, an anchor. */
  #anchored(name: string): unknown {
    this.#anchors ??= collectAnchors(this.root);
    return this.#anchors.get(name);
  }
}

function follow(resource: unknown, pointer: string): unknown {
  let place = resource;
  for (const token of pointer.slice(1).split("/")) {
    const key = unescapeToken(token);
    if (typeof place !== "object" || place === null || key === undefined || !Object.hasOwn(place, key)) return undefined;
    place = (place as SchemaObject)[key];
  }
  return place;
}

function unescapeToken(token: string): string | undefined {
  try {
    return decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return undefined;
  }
}

/**
 * Walks without recursion: a document of 10,000 levels must not end the stack. A name that stands at two places is none: which one is meant
 * depends on base URIs and, for `$dynamicRef`, on the way to it.
 */
function collectAnchors(root: unknown): Map<string, unknown> {
  const anchors = new Map<string, unknown>();
  const add = (name: string | undefined, schema: unknown): void => {
    if (name !== undefined) anchors.set(name, anchors.has(name) ? undefined : schema);
  };
  const queue: unknown[] = [root];
  for (let place = queue.pop(); queue.length > 0 || place !== undefined; place = queue.pop()) {
    if (typeof place !== "object" || place === null) continue;
    if (isSchemaObject(place)) {
      const id = ownString(place, "$id") ?? ownString(place, "id");
      add(id?.startsWith("#") ? id : id?.replace(/#$/, ""), place);
      for (const keyword of ["$anchor", "$dynamicAnchor"]) {
        const anchor = ownString(place, keyword);
        add(anchor === undefined ? undefined : `#${anchor}`, place);
      }
    }
    for (const child of Object.values(place).toReversed()) if (typeof child === "object" && child !== null) queue.push(child);
  }
  return anchors;
}
