import { clip, quote } from "../catalog/comment.ts";
import { propertyName } from "../catalog/print-type.ts";
import { isSchemaObject, own } from "../catalog/schema-document.ts";
import type { SchemaObject } from "../catalog/schema-document.ts";

const MAX_TOOLS = 3;
const MAX_TEXT_CHARS = 40;
/** Members that are named: at the top with what they hold, below by name alone. */
const MAX_MEMBERS = [12, 8, 5];
/** Of a list, to see what may be null. */
const MAX_ITEMS = 100;
const MAX_SHAPE_CHARS = 220;

/** What the last calls of an execution gave, in outline: what a program needs to know that took a result for something else. */
export class ResultShapes {
  readonly #shapes = new Map<string, string>();

  /** `value` is what the program got from `name`, the tool as it wrote it. */
  remember(name: string, value: unknown): void {
    this.#shapes.delete(name);
    this.#shapes.set(name, clip(shapeOf(value, 0), MAX_SHAPE_CHARS));
    const [oldest] = this.#shapes.keys();
    if (this.#shapes.size > MAX_TOOLS && oldest !== undefined) this.#shapes.delete(oldest);
  }

  /** A line for each of the last tools, the latest first. */
  lines(): string[] {
    return [...this.#shapes].toReversed().map(([name, shape]) => `${name} gave ${shape}`);
  }
}

function shapeOf(value: unknown, depth: number): string {
  if (typeof value === "string") return depth === 0 ? `the text ${quote(clip(value, MAX_TEXT_CHARS))}` : "string";
  if (Array.isArray(value)) return arrayShape(value, depth);
  return isSchemaObject(value) ? objectShape(value, depth, [value]) : value === null ? "null" : typeof value;
}

function arrayShape(items: readonly unknown[], depth: number): string {
  const count = `an array (${items.length} ${items.length === 1 ? "item" : "items"})`;
  const [first] = items;
  if (items.length === 0) return count;
  if (!isSchemaObject(first)) return `${count} of ${shapeOf(first, depth + 1)}`;
  return `${count} of ${objectShape(first, depth + 1, items.slice(0, MAX_ITEMS).filter(isSchemaObject))}`;
}

/** The first object of `alike`, which stand beside each other in a list. */
function objectShape(first: SchemaObject, depth: number, alike: readonly SchemaObject[]): string {
  const names = Object.keys(first);
  const shown = names.slice(0, MAX_MEMBERS[depth] ?? 0).map((name) => {
    const shape = depth === 0 ? `: ${shapeOf(first[name], 1)}` : "";
    return `${propertyName(clip(name, MAX_TEXT_CHARS))}${shape || nullIn(alike, name)}`;
  });
  if (shown.length < names.length) shown.push("…");
  return shown.length === 0 ? "{}" : `{ ${shown.join(", ")} }`;
}

/** Reading on from there is what fails. */
function nullIn(objects: readonly SchemaObject[], name: string): string {
  const nulls = objects.filter((each) => own(each, name) === null).length;
  return nulls === 0 ? "" : nulls === objects.length ? ": null" : " (sometimes null)";
}
