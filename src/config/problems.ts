import * as z from "zod";
import { closest } from "./closest.ts";
import { keyPath } from "./key-path.ts";
import { configSchema, ENTRY_FORMS, type EntryForm, VALID_KEYS } from "./schema.ts";

type Path = readonly PropertyKey[];

const FORMS = Object.keys(ENTRY_FORMS) as EntryForm[];

const NO_FILTER =
  "The proxy offers every tool of an upstream, so this choice would be lost without a word. Remove the key only if you can do without it.";
const NO_LOGIN = 'Write "auth": "oauth", or put a token into "headers", as in "Authorization": "Bearer ${env:NAME}".';

/** Keys of other clients that have an effect there: read over in silence, a file would do less, or more, than it says. */
const FOREIGN_IN_ENTRY: ReadonlyMap<string, string> = new Map([
  ["disabledTools", NO_FILTER],
  ["enabledTools", NO_FILTER],
  ["includeTools", NO_FILTER],
  ["excludeTools", NO_FILTER],
  ["tools", NO_FILTER],
  ["authProviderType", NO_LOGIN],
  ["headersHelper", NO_LOGIN],
  ["enabled", 'Write "disabled" instead, with the opposite value.'],
  ["envFile", 'Not read. Write the variables into "env", with references such as ${env:NAME}.'],
  ["httpUrl", 'Rename it to "url".'],
  ["transport", 'Rename it to "type".'],
  ["transportType", 'Rename it to "type".'],
]);

const FOREIGN_AT_TOP: ReadonlyMap<string, string> = new Map([
  ["servers", 'Rename it to "mcpServers".'],
  ["inputs", "VS Code asks a person for these values. Remove it, and write ${env:NAME} where a string says ${input:...}."],
]);

/** The configuration if `raw` is one, and else one line for each problem, `key path: sentence`. No line quotes a value. */
export function judge(raw: unknown): { config: z.output<typeof configSchema>; problems?: never } | { config?: never; problems: string[] } {
  const parsed = configSchema.safeParse(raw, { error: sentenceOf });
  if (parsed.success) return { config: parsed.data };
  const entries = new Set<PropertyKey>();
  const problems = parsed.error.issues.flatMap((issue) => {
    const [section, key] = issue.path;
    if (section === "mcpServers" && key !== undefined && issue.code !== "invalid_key") {
      if (entries.has(key)) return [];
      entries.add(key);
      return entryProblems([section, key], valueAt(raw, [section, key]));
    }
    if (issue.code !== "unrecognized_keys") return [line(issue.path, issue.message)];
    return issue.keys.map((name) =>
      line(
        [...issue.path, name],
        section === undefined ? unknownKey(name, VALID_KEYS.top, topHint(name, raw)) : unknownKey(name, keysAt(issue.path)),
      ),
    );
  });
  return { problems };
}

/** Judges an entry by the one form that it was meant to have: the other forms' complaints would only confuse. */
function entryProblems(path: Path, entry: unknown): string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [line(path, `Expected an object, got ${nameOf(entry)}.`)];
  const present = FORMS.filter((form) => Object.hasOwn(entry, form));
  const form = present[0] ?? intendedForm(entry);
  const lines: string[] = [];
  if (present.length === 0) lines.push(line(path, 'Needs "url" (an MCP server over HTTP) or "command" (a program to start).'));
  if (present.length > 1) lines.push(line(path, `Has ${present.map((key) => `"${key}"`).join(" and ")}. Keep one of them.`));
  for (const issue of ENTRY_FORMS[form].safeParse(entry, { error: sentenceOf }).error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        const ofAnotherForm = FORMS.some((other) => VALID_KEYS[other].includes(key));
        if (ofAnotherForm && present.length > 1) continue;
        const text = ofAnotherForm ? `Does not go with "${form}".` : unknownKey(key, VALID_KEYS[form], FOREIGN_IN_ENTRY.get(key));
        lines.push(line([...path, key], text));
      }
    } else if (present.length > 0 || issue.path[0] !== form) {
      lines.push(line([...path, ...issue.path], issue.message));
    }
  }
  return lines;
}

/** The keys that the schema allows in the object at `path`. */
function keysAt(path: Path): readonly string[] {
  let schema: unknown = configSchema;
  for (const key of path) {
    const inner = bare(schema);
    schema =
      inner instanceof z.ZodObject
        ? (inner.shape as Record<PropertyKey, unknown>)[key]
        : inner instanceof z.ZodRecord
          ? inner.valueType
          : undefined;
  }
  const found = bare(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** Without "optional" and defaults around it. */
function bare(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) inner = inner.unwrap();
  return inner;
}

/** The form of an entry that has the key of none: by a misspelling of one, or by what goes with a command only. */
function intendedForm(entry: object): EntryForm {
  const keys = Object.keys(entry);
  const misspelled = keys.map((key) => closest(key, FORMS)).find((form) => form !== undefined);
  if (misspelled !== undefined) return misspelled as EntryForm;
  return ["args", "env", "cwd"].some((key) => keys.includes(key)) || (entry as { type?: unknown }).type === "stdio" ? "command" : "url";
}

function topHint(key: string, raw: unknown): string | undefined {
  const value = valueAt(raw, [key]);
  const isEntry = typeof value === "object" && value !== null && FORMS.some((form) => Object.hasOwn(value, form));
  return FOREIGN_AT_TOP.get(key) ?? (isEntry ? 'It looks like an upstream: move it into "mcpServers".' : undefined);
}

/** A hint that is known for the key takes the place of a guess. */
function unknownKey(key: string, valid: readonly string[], hint?: string): string {
  const guess = closest(key, valid);
  const help = hint ?? `${guess === undefined ? "" : `Did you mean "${guess}"? `}Valid keys: ${valid.join(", ")}.`;
  return `Unknown key ${JSON.stringify(key)}. ${help}`;
}

/** Our words for what zod found, unless the schema has its own. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  if (issue.code === "invalid_type") {
    if (input === undefined) return "Missing.";
    const quotes = issue.expected === "string" && (typeof input === "number" || typeof input === "boolean") ? " Put it into quotes." : "";
    return `Expected ${EXPECTED[issue.expected] ?? issue.expected}, got ${nameOf(input)}.${quotes}`;
  }
  if (issue.code === "invalid_value") return `Expected ${oneOf(issue.values)}.`;
  if (issue.code === "invalid_key") return issue.issues[0]?.message;
  return undefined;
}

function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter((part) => part !== "").join(" or ");
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
};

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<PropertyKey, unknown>)[key];
  }, root);
}

function line(path: Path, sentence: string): string {
  return `${keyPath(path) || "configuration"}: ${sentence}`;
}
