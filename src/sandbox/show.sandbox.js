// Values -> text, inside the sandbox: only here do Map, BigInt, cycles and class instances still exist.
// References are taken before the program's module is evaluated, so that a patched JSON or Array.prototype breaks nothing but itself.
import { describeBlock, kindOf, replaceBlocks } from "./blocks.sandbox.js";
import { clip } from "./shorten.sandbox.js";

const { stringify } = JSON;
const { isArray, from } = Array;
const { defineProperty, getPrototypeOf, keys, prototype: objectPrototype } = Object;
const NewMap = Map;
const kinds = { Date, Map, Set, RegExp, URLSearchParams, Promise, ArrayBuffer, DataView, String, Number, Boolean };
const isView = ArrayBuffer.isView.bind(ArrayBuffer);
const { isFinite, isNaN } = Number;
const toText = String;
const MAX_DEPTH = 100;

/** The value as plain data: what JSON cannot carry has a readable stand-in. Never throws. */
export function plainValue(value) {
  if (typeof value === "string" || value === undefined) return value;
  try {
    return plain(value, new NewMap(), "$", 0);
  } catch (error) {
    return `[a value that cannot be shown: ${brief(error)}]`;
  }
}

/** The value as people read it: a string as it is, everything else as JSON, content blocks in one line each. Never throws. */
export function show(value) {
  try {
    const data = plainValue(value);
    const shown = replaceBlocks(data, (block) => `[${kindOf(block)}: ${describeBlock(block)}]`);
    return shown !== data && typeof shown === "string" ? shown : textOf(value, shown);
  } catch (error) {
    return `[a value that cannot be shown: ${brief(error)}]`;
  }
}

/** The text of `plainData`, which was made of `value`. */
export function textOf(value, plainData) {
  if (typeof value === "string") return plainData;
  return plainData === undefined ? "undefined" : stringify(plainData);
}

/** What was thrown, as `core/execution.ts` Thrown with the raw stack. Never throws. */
export function showThrown(thrown, maxChars) {
  const cut = (text) => clip(text, maxChars);
  if (!isError(thrown)) return { name: nameOfThrown(thrown), message: cut(show(thrown)), stack: "", causes: [] };
  const causes = [];
  collectCauses(thrown, causes, 0);
  return {
    name: cut(read(thrown, "name", "Error")),
    message: cut(read(thrown, "message", "")),
    stack: stackOf(thrown),
    causes: causes.map(({ text, stack }) => ({ text: cut(text), stack })),
  };
}

/** The stack without the message, which may be long, and may look like frames. */
function stackOf(error) {
  const [stack, message] = [read(error, "stack", ""), read(error, "message", "")];
  const at = message === "" ? -1 : stack.indexOf(message);
  return (at === -1 ? stack : stack.slice(at + message.length)).slice(0, 20_000);
}

const MAX_CAUSES = 10;

function collectCauses(error, into, depth, seen = [error]) {
  if (depth > 3) return;
  const inner = [];
  try {
    if (error.cause !== undefined) inner.push(error.cause);
    if (isArray(error.errors)) inner.push(...error.errors.slice(0, 5));
  } catch {
    return;
  }
  for (const cause of inner) {
    if (into.length >= MAX_CAUSES) return;
    if (seen.includes(cause)) continue;
    into.push(isError(cause) ? { text: brief(cause), stack: stackOf(cause) } : { text: show(cause), stack: "" });
    if (isError(cause)) collectCauses(cause, into, depth + 1, [...seen, cause]);
  }
}

function plain(value, ancestors, path, depth) {
  switch (typeof value) {
    case "object":
      break;
    case "string":
    case "boolean":
      return value;
    case "number":
      // JSON turns these into null, which reads as "nothing there".
      return isFinite(value) ? value : toText(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return toText(value);
    case "undefined":
      return null;
    case "function":
      return `[Function: ${read(value, "name", "") || "anonymous"}]`;
  }
  if (value === null) return null;
  const seen = ancestors.get(value);
  if (seen !== undefined) return `[Circular: ${seen}]`;
  if (depth > MAX_DEPTH) return `[more than ${MAX_DEPTH} levels deep]`;
  ancestors.set(value, path);
  try {
    return plainObject(value, (inner, key) => plain(inner, ancestors, path + key, depth + 1));
  } catch (error) {
    return `[cannot be read: ${brief(error)}]`;
  } finally {
    ancestors.delete(value);
  }
}

function plainObject(value, inner) {
  if (isArray(value)) return from(value, (item, index) => inner(item, `[${index}]`));
  if (value instanceof kinds.Date) return isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof kinds.Map)
    return { "[Map]": from(value, ([key, item], index) => [inner(key, `<key ${index}>`), inner(item, `<value ${index}>`)]) };
  if (value instanceof kinds.Set) return { "[Set]": from(value, (item, index) => inner(item, `<item ${index}>`)) };
  if (value instanceof kinds.RegExp || value instanceof kinds.URLSearchParams) return toText(value);
  if (value instanceof kinds.Promise) return "[Promise: add await]";
  if (value instanceof kinds.ArrayBuffer) return `[ArrayBuffer: ${value.byteLength} bytes]`;
  if (isView(value) && !(value instanceof kinds.DataView)) return { [`[${className(value)}]`]: from(value, (item) => inner(item, "")) };
  if (value instanceof kinds.String || value instanceof kinds.Number || value instanceof kinds.Boolean) return inner(value.valueOf(), "");
  if (typeof value.toJSON === "function") return inner(value.toJSON(), ".toJSON()");
  const members = isError(value) ? { name: read(value, "name", "Error"), message: read(value, "message", "") } : {};
  const own = keys(value);
  const prototype = getPrototypeOf(value);
  if (own.length === 0 && !isError(value) && prototype !== null && prototype !== objectPrototype && className(value) !== "Object") {
    return `[${className(value)}]`;
  }
  for (const key of own) {
    let shown;
    try {
      const item = value[key];
      // As JSON does: an absent property and one that is undefined read the same.
      if (item === undefined) continue;
      shown = inner(item, `.${key}`);
    } catch (error) {
      shown = `[cannot be read: ${brief(error)}]`;
    }
    defineProperty(members, key, { value: shown, enumerable: true, configurable: true, writable: true });
  }
  return members;
}

/** `isArray` throws for a revoked Proxy. */
function isArraySafely(value) {
  try {
    return isArray(value);
  } catch {
    return false;
  }
}

const ErrorClass = Error;

function isError(value) {
  try {
    return value instanceof ErrorClass;
  } catch {
    return false;
  }
}

/** An object that is no error is not shown: showing it may be what failed, and fail again without an end. */
function brief(error) {
  if (isError(error)) return `${read(error, "name", "Error")}: ${read(error, "message", "")}`;
  return typeof error === "object" ? nameOfThrown(error) : show(error);
}

function read(value, property, otherwise) {
  try {
    const found = value[property];
    return typeof found === "string" ? found : otherwise;
  } catch {
    return otherwise;
  }
}

function className(value) {
  return read(value.constructor, "name", "") || "object";
}

function nameOfThrown(thrown) {
  if (thrown === null) return "null";
  if (thrown === undefined) return "undefined";
  if (typeof thrown === "object") return isArraySafely(thrown) ? "an array" : "an object";
  return `a ${typeof thrown}`;
}
