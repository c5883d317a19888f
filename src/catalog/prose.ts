import { commentLines } from "./comment.ts";
import type { Tool } from "../core/tool.ts";
import { isSchemaObject, ownObject, ownString } from "./schema-document.ts";
import { isFiller, readWords, stemOf } from "./words.ts";

/** What people write into descriptions, and what of it a declaration says already. */

/** The lines of a tool's description, or of its title where there is none. */
export function descriptionOf({ description, title, annotations }: Tool): string[] {
  const lines = commentLines(description ?? "");
  return lines.length > 0 ? lines : commentLines(title ?? annotations?.title ?? "");
}

export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) (?=[\p{Lu}[])/u);
}

/** Up to the first full stop that a space or the end follows, without it. */
export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/u.exec(text)?.[0].replace(/\.$/, "") ?? text;
}

/** Without the marks of what is optional and what required: the type says so. */
export function withoutMarks(comment: string): string {
  return comment
    .replace(/^(?:\(?optional\)?|\(?required\)?)[.:,]? (?=\S)/iu, "")
    .replace(/ \((?:optional|required)(?:, (?:default|defaults) to null)?\)(?=[.\s]|$)/giu, "");
}

/** Words that say nothing of a parameter, besides those that never say anything. */
const EMPTY: ReadonlySet<string> = new Set(["use", "value", "optional", "required", "whether", "specific", "given"].map(stemOf));
/** A longer comment says more than a name, whatever its words are. */
const MAX_ECHO = 60;

/** Whether a comment has no word that is not in one of the names: "The name of the product" behind `name` of `create_product`. */
export function echoes(comment: string, ...names: readonly string[]): boolean {
  if (comment.length > MAX_ECHO) return false;
  const known = new Set(names.flatMap((name) => readWords(name).words.map(stemOf)));
  return readWords(comment).words.every((word) => isFiller(word) || known.has(stemOf(word)) || EMPTY.has(stemOf(word)));
}

/** Examples show how a client calls the tool by itself, in a syntax that is not ours; the declaration says how a program does. */
export function withoutExamples(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let inside: string | undefined;
  for (const line of lines) {
    const opening = /^<(examples?)>$/i.exec(line)?.[1]?.toLowerCase() ?? (line.startsWith("```") ? "```" : undefined);
    if (inside === undefined && opening !== undefined) inside = opening;
    else if (inside === undefined) kept.push(line);
    else if (inside === "```" ? line.startsWith("```") : line.toLowerCase() === `</${inside}>`) inside = undefined;
  }
  // What is opened and never closed is no example.
  return inside === undefined ? kept : [...lines];
}

const PARAMETER = /^(?:[-*•] )?[`"']?([\w-]+)[`"']?(?: \([^)]*\))? ?[:–-] /u;
const HEADING = /^\W*(?:args|arguments|params|parameters|inputs?|(?:(?:it|this tool) )?takes [\w ]*(?:arg|argument|parameter)s?)\W*$/i;

/** What is said of a parameter at its property is not said once more above the tool. */
export function withoutParameters(lines: readonly string[], { inputSchema }: Tool): string[] {
  const properties = isSchemaObject(inputSchema) ? ownObject(inputSchema, "properties") : {};
  const isDescribed = (name: string): boolean => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isSchemaObject(property) && (ownString(property, "description") ?? "") !== "";
  };
  const kept = lines.filter((line) => !isDescribed(PARAMETER.exec(line)?.[1] ?? ""));
  if (kept.length === lines.length) return kept;
  return kept.filter((line, index) => !HEADING.test(line) || PARAMETER.test(kept[index + 1] ?? ""));
}

/** Lines that were broken for a screen, joined, and blank ones left out. One that begins like an item or a sentence stays a line. */
export function paragraphsOf(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const last = joined.at(-1);
    if (line === "") open = false;
    else if (open && last !== undefined && /^[\p{Ll}(]/u.test(line)) joined[joined.length - 1] = `${last} ${line}`;
    else {
      joined.push(line);
      open = !line.endsWith(":");
    }
  }
  return joined;
}
