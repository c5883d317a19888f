import { sha256 } from "../core/sha256.ts";

/** As much as reads well on one line. */
const LINE_CHARS = 100;

/** How much is shown of arguments that are too long: of each text, of each list, and how deep. The first that fits is taken. */
const STEPS = [
  { chars: 1_000, items: 50, depth: 8 },
  { chars: 300, items: 20, depth: 6 },
  { chars: 100, items: 10, depth: 4 },
  { chars: 40, items: 5, depth: 3 },
  { chars: 20, items: 3, depth: 2 },
];

type Step = (typeof STEPS)[number];

/**
 * The arguments of a call as a person is to judge them, in about `maxChars` characters: other arguments give another text. What does not fit is counted,
 * outside the quotes where no argument can pretend to be it, and the hash of the whole tells apart what looks alike then.
 */
export async function shownArguments(args: Record<string, unknown>, maxChars: number): Promise<string> {
  const json = JSON.stringify(args);
  if (json.length <= LINE_CHARS) return visible(json);
  if (json.length <= maxChars) {
    const whole = visible(JSON.stringify(args, null, 2));
    if (whole.length <= maxChars) return whole;
  }
  const shortened = STEPS.map((step) => shortenedTo(args, step, maxChars)).find((text) => text !== undefined) ?? leftOut(args);
  return `${shortened}\n(shortened: ${json.length} characters of JSON in all, SHA-256 ${await sha256(json)})`;
}

/**
 * Characters that show as nothing, as a space or in another order (zero-width, bidirectional, fillers) would hide what is there: they become escapes of
 * JSON. JSON doubles every backslash of the text itself, so that nothing else reads the same.
 */
export function visible(json: string): string {
  return json.replaceAll(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function shortenedTo(args: object, step: Step, maxChars: number): string | undefined {
  const room = { left: maxChars };
  const text = shorten(args, step, "", room);
  if (room.left < 0) return undefined;
  const shown = visible(text);
  return shown.length <= maxChars ? shown : undefined;
}

/** `room` is what there is to fill: when it is used up, the rest is not looked at any more, whatever its size. */
function shorten(value: unknown, step: Step, indent: string, room: { left: number }): string {
  if (room.left < 0) return "";
  if (typeof value !== "object" || value === null) {
    const text = typeof value === "string" && value.length > step.chars ? cut(value, step.chars) : JSON.stringify(value);
    room.left -= text.length;
    return text;
  }
  const entries: readonly unknown[] = Array.isArray(value) ? value : Object.keys(value);
  if (entries.length === 0 || indent.length / 2 >= step.depth) return leftOut(value);
  const inner = `${indent}  `;
  const lines = entries.slice(0, step.items).map((entry) => {
    room.left -= inner.length;
    if (Array.isArray(value)) return `${inner}${shorten(entry, step, inner, room)}`;
    const key = String(entry);
    return `${inner}${shorten(key, step, inner, room)}: ${shorten((value as Record<string, unknown>)[key], step, inner, room)}`;
  });
  if (entries.length > step.items) lines.push(`${inner}… and ${entries.length - step.items} more`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function cut(text: string, chars: number): string {
  return `${JSON.stringify(text.slice(0, chars))} … and ${text.length - chars} more characters`;
}

function leftOut(value: object): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ … ${value.length} items ]`;
  const { length } = Object.keys(value);
  return length === 0 ? "{}" : `{ … ${length} members }`;
}
