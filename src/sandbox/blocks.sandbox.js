// Content blocks of MCP among a program's values: taken out, so that they reach the caller as blocks, with a line in their place.
// Takes plain data alone (`plainValue`), so nothing of the program runs here.
import { clip } from "./shorten.sandbox.js";

const { stringify } = JSON;
const { isArray } = Array;
const { defineProperty, hasOwn, keys } = Object;
const { ceil, floor, max } = Math;

/** The members that MCP gives each kind. Others stay in the JSON. */
const MEMBERS = {
  text: ["type", "text", "annotations", "_meta"],
  image: ["type", "data", "mimeType", "annotations", "_meta"],
  audio: ["type", "data", "mimeType", "annotations", "_meta"],
  resource_link: ["type", "uri", "name", "title", "description", "mimeType", "size", "icons", "annotations", "_meta"],
  resource: ["type", "resource", "annotations", "_meta"],
};

/** The block that this value is, or undefined. What `resources.read` gives for binary data is an embedded resource without its frame. */
export function blockIn(value) {
  if (typeof value !== "object" || value === null || isArray(value)) return undefined;
  const type = own(value, "type");
  if (type === "text") return isText(value, "text") ? value : undefined;
  if (type === "image" || type === "audio") return isText(value, "data") && isText(value, "mimeType") ? value : undefined;
  if (type === "resource_link") return isText(value, "uri") && isText(value, "name") ? value : undefined;
  if (type === "resource") return isContents(own(value, "resource")) ? value : undefined;
  return type === undefined && isText(value, "blob") && isContents(value) ? { type: "resource", resource: value } : undefined;
}

function isContents(value) {
  return typeof value === "object" && value !== null && isText(value, "uri") && (isText(value, "text") || isText(value, "blob"));
}

function isText(object, member) {
  return typeof own(object, member) === "string";
}

function own(object, member) {
  return hasOwn(object, member) ? object[member] : undefined;
}

/** The value with `replace(block)` in the place of each block, at any depth; a text block is an ordinary object. Copies what it changes. */
export function replaceBlocks(value, replace) {
  if (typeof value !== "object" || value === null) return value;
  const block = blockIn(value);
  if (block !== undefined && block.type !== "text") return withOthers(value, block, replace(block));
  const names = isArray(value) ? undefined : keys(value);
  const length = names === undefined ? value.length : names.length;
  let copy;
  for (let index = 0; index < length; index += 1) {
    const name = names === undefined ? index : names[index];
    const inner = replaceBlocks(value[name], replace);
    if (inner === value[name]) continue;
    copy ??= names === undefined ? [...value] : { ...value };
    put(copy, name, inner);
  }
  return copy ?? value;
}

/** The line itself, or an object with it, if the program has put something of its own beside the members of a block. */
function withOthers(value, block, line) {
  const known = MEMBERS[block.type];
  let others;
  if (block !== value) return line;
  for (const name of keys(value)) {
    if (known.includes(name)) continue;
    others ??= { block: line };
    put(others, name, value[name]);
  }
  return others ?? line;
}

function put(object, name, value) {
  defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** What the block is, for people: `image/png, 12 kB`. */
export function describeBlock(block) {
  const { resource } = block;
  switch (block.type) {
    case "resource_link":
      return clip(block.name, 100);
    case "resource":
      return `${clip(resource.uri, 100)}, ${isText(resource, "blob") ? sizeOfBase64(resource.blob) : sizeOf(resource.text.length)}`;
    default:
      return `${clip(block.mimeType, 100)}, ${sizeOfBase64(block.data)}`;
  }
}

function sizeOfBase64(text) {
  return sizeOf(floor((text.length * 3) / 4));
}

function sizeOf(bytes) {
  return bytes < 1_000 ? `${bytes} bytes` : bytes < 1_000_000 ? `${ceil(bytes / 1_000)} kB` : `${ceil(bytes / 100_000) / 10} MB`;
}

/** Named as in `[resource link 1: ...]`. */
export function kindOf(block) {
  return block.type === "resource_link" ? "resource link" : block.type;
}

/** Whether the value is nothing but content: a block, or blocks and texts in an array. Then it reaches the caller as it is, without JSON. */
export function isContent(value) {
  if (!isArray(value)) return isBareBlock(value);
  let blocks = 0;
  for (let index = 0; index < value.length; index += 1) {
    if (isBareBlock(value[index])) blocks += 1;
    else if (typeof value[index] !== "string") return false;
  }
  return blocks > 0;
}

function isBareBlock(value) {
  const block = blockIn(value);
  return block !== undefined && (block !== value || keys(value).every((name) => MEMBERS[block.type].includes(name)));
}

/** The text that a model reads in a block. */
export function textIn(block) {
  return block.type === "text" ? block.text : block.type === "resource" ? own(block.resource, "text") : undefined;
}

/** The block with `text` in the place of that text. */
export function withText(block, text) {
  return block.type === "text" ? { ...block, text } : { ...block, resource: { ...block.resource, text } };
}

/**
 * The blocks of one execution on their way out, within `blocks` and `blockBytes`; the host checks them again. Each becomes two texts:
 * `head`, the block with `true` where its long text belongs, and `body`, that text. So the host parses no more than the short one.
 */
export class Outbox {
  #limits;
  #count = 0;
  #bytes = 0;
  #chars;

  constructor(limits) {
    this.#limits = limits;
    this.#chars = limits.resultChars;
  }

  /** { head, body }, or undefined if there is no room for it. */
  pack(block) {
    const { head, body } = split(block);
    // The host refuses data that is no base64, however little it sees of it; the whole of it might not even arrive.
    const packed = { head: stringify(head), body: textIn(block) !== undefined || isBase64(body) ? body : NO_BASE64 };
    const bytes = packed.head.length + packed.body.length;
    if (this.#count >= this.#limits.blocks || this.#bytes + bytes > this.#limits.blockBytes) return undefined;
    this.#count += 1;
    this.#bytes += bytes;
    return packed;
  }

  /** The block with its text cut so that all texts that come through here have at most `resultChars`; undefined if nothing is left. */
  cut(block) {
    const text = textIn(block);
    if (text === undefined) return block;
    if (this.#chars === 0 && text !== "") return undefined;
    const kept = clip(text, this.#chars);
    this.#chars = max(0, this.#chars - kept.length);
    return kept === text ? block : withText(block, kept);
  }
}

const NO_BASE64 = "*";

function isBase64(text) {
  return /^[A-Za-z0-9+/=_-]*$/.test(text);
}

function split(block) {
  switch (block.type) {
    case "text":
      return { head: { ...block, text: true }, body: block.text };
    case "resource_link":
      return { head: block, body: "" };
    case "resource": {
      const member = isText(block.resource, "blob") ? "blob" : "text";
      return { head: { ...block, resource: { ...block.resource, [member]: true } }, body: block.resource[member] };
    }
    default:
      return { head: { ...block, data: true }, body: block.data };
  }
}
