import type { CatalogTool } from "../catalog/catalog.ts";
import { closest } from "../catalog/closest.ts";
import { clip, quote } from "../catalog/comment.ts";
import { isIdentifier } from "../catalog/names.ts";
import { CodemodeError } from "../core/errors.ts";
import { shortDeclaration } from "./declaration.ts";
import { violationsOf } from "./validate.ts";
import type { Violation } from "./violations.ts";

/** The whole error has to stay short enough to be read: what is wrong, then what is right. */
const MAX_SHOWN = 5;
const MAX_PROBLEM_CHARS = 450;
const MAX_LINE_CHARS = 200;
const MAX_VALUE_CHARS = 40;
const MAX_LIST_CHARS = 120;
/** Comparing names costs time, and an upstream may declare any number of them. */
const MAX_COMPARED = 100;

/** `tool_arguments` if `args` surely do not fit what the tool declares: what is wrong at which place, and the declaration. */
export function argumentError(tool: CatalogTool, args: Record<string, unknown>): CodemodeError | undefined {
  const violations = violationsOf(tool.tool.inputSchema, args);
  if (violations.length === 0) return undefined;
  const message = `the arguments do not fit, so nothing was sent:\n${problems(violations)}\n${shortDeclaration(tool)}`;
  return new CodemodeError("tool_arguments", message);
}

/** As many as there is room for. */
function problems(violations: readonly Violation[]): string {
  const lines: string[] = [];
  let left = MAX_PROBLEM_CHARS;
  for (const violation of violations.slice(0, MAX_SHOWN)) {
    const line = `- ${clip(sentence(violation), MAX_LINE_CHARS)}`;
    left -= line.length;
    if (left < 0) break;
    lines.push(line);
  }
  const others = violations.length - lines.length;
  return [...lines, ...(others === 0 ? [] : [`- and ${others} more`])].join("\n");
}

function sentence(violation: Violation): string {
  const place = placeOf(violation.path);
  switch (violation.kind) {
    case "type":
      return `${place} must be ${typeNames(violation.types)}, got ${given(violation.value)}${typeHint(violation)}`;
    case "value":
      return `${place} must be ${listText(violation.allowed.map(literal), " | ")}, got ${given(violation.value)}${valueHint(violation)}`;
    case "bound":
      return `${place} must ${violation.expected}`;
    case "choice":
      return `${place} must have ${listText(violation.names.map(nameText), " or ")}`;
    case "missing":
      return `${place} is missing${violation.types.length === 0 ? "" : `; it must be ${typeNames(violation.types)}`}${missingHint(violation)}`;
    case "unknown":
      return `${place} does not exist. ${unknownHint(violation)}`;
  }
}

/** As a program writes it: `items[0].price`. */
function placeOf(path: Violation["path"]): string {
  if (path.length === 0) return "the argument";
  const parts = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    return isIdentifier(key) ? `.${nameText(key)}` : `[${nameText(key)}]`;
  });
  return clip(parts.join("").replace(/^\./, ""), MAX_LIST_CHARS);
}

/** What was given, with its kind where the value alone does not show it. */
function given(value: unknown): string {
  return typeof value === "string" ? `the string ${literal(value)}` : literal(value);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  null: "null",
};

function typeNames(types: readonly string[]): string {
  return types.map((type) => TYPE_NAMES[type] ?? type).join(" or ");
}

const LEAVE_OUT = "; leave it out instead";

/** What the frequent mistakes need to be mended. */
function typeHint({ types, value, optional }: Violation & { kind: "type" }): string {
  if (value === null) return optional ? LEAVE_OUT : "";
  const wants = (...kinds: string[]) => kinds.some((kind) => types.includes(kind));
  if (typeof value === "string") {
    const quoted = (wants("number", "integer") && /^-?\d+(\.\d+)?$/.test(value)) || (wants("boolean") && /^(true|false)$/.test(value));
    if (quoted) return "; write it without quotes";
    if (wants("object", "array") && /^\s*[[{]/.test(value)) return "; give the value itself, not its JSON text";
  }
  return wants("array") && !Array.isArray(value) ? "; put it into an array" : "";
}

function valueHint({ value, allowed, optional }: Violation & { kind: "value" }): string {
  if (value === null && optional) return LEAVE_OUT;
  const texts = allowed.filter((each) => typeof each === "string");
  const near = typeof value === "string" ? proposal(value, texts, literal) : "";
  return near === "" ? "" : `. ${near}`;
}

function missingHint({ path, undeclared }: Violation & { kind: "missing" }): string {
  const [near] = closest(String(path.at(-1)), undeclared.slice(0, MAX_COMPARED), 1);
  // A value that is undefined is one that JSON leaves out.
  return near === undefined ? " (undefined counts as missing)" : ` (you gave ${nameText(near)})`;
}

function unknownHint({ path, declared }: Violation & { kind: "unknown" }): string {
  const near = proposal(String(path.at(-1)), declared, nameText);
  if (near !== "") return near;
  return declared.length === 0 ? "Nothing may be given here" : `There is: ${listText(declared.map(nameText), ", ")}`;
}

function proposal(name: string, candidates: readonly string[], show: (candidate: string) => string): string {
  const [near] = closest(name, candidates.slice(0, MAX_COMPARED), 1);
  return near === undefined ? "" : `Did you mean ${show(near)}?`;
}

function nameText(name: string): string {
  return isIdentifier(name) ? clip(name, MAX_VALUE_CHARS) : quote(clip(name, MAX_VALUE_CHARS));
}

/** A value as a program would write it, if that is short. */
function literal(value: unknown): string {
  if (typeof value === "string") return quote(clip(value, MAX_VALUE_CHARS));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object" || value === null) return String(value);
  const names = Object.keys(value).map(nameText);
  return names.length === 0 ? "{}" : `an object with ${listText(names, ", ")}`;
}

/** As many as there is room for. */
function listText(items: readonly string[], separator: string): string {
  let text = "";
  for (const [index, item] of items.entries()) {
    const next = index === 0 ? item : `${text}${separator}${item}`;
    if (next.length > MAX_LIST_CHARS) return index === 0 ? clip(item, MAX_LIST_CHARS) : `${text}${separator}… (${items.length} in all)`;
    text = next;
  }
  return text;
}
