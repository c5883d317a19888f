import type { CallToolResult } from "@modelcontextprotocol/client";

type ContentBlock = CallToolResult["content"][number];

/**
 * What a successful call is worth inside the program: `structuredContent` if the tool gave it; else, for a single text block, the parsed
 * value if the text is a JSON object or array that survives the round trip exactly, otherwise the string; else the content blocks.
 */
export function valueOfResult(result: CallToolResult): unknown {
  const text = singleText(result.content);
  if (result.structuredContent !== undefined) {
    // The digits are lost already in the structured form; the text, which says the same, still has them.
    return text !== undefined && /\d{16}/.test(text) && isJson(text) && parseExactly(text) === undefined ? text : result.structuredContent;
  }
  if (text === undefined) return result.content;
  return parseExactly(text) ?? text;
}

/** The text of a failed call, for the error's message. */
export function failureText(result: CallToolResult): string {
  const texts = result.content.flatMap((block) => (block.type === "text" ? [block.text] : [`[${block.type}]`]));
  return texts.join("\n") || "the tool reported an error without a text";
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function singleText(content: readonly ContentBlock[]): string | undefined {
  const [only] = content;
  return content.length === 1 && only?.type === "text" ? only.text : undefined;
}

/** The JSON object or array in `text` if nothing of it is lost by parsing: no digit of a number, no repeated member. */
export function parseExactly(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof parsed === "object" && parsed !== null && survives(text, parsed) ? parsed : undefined;
}

/** `text` is valid JSON here, so that this finds exactly its strings (with the colon that makes one a member's name) and its numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g;

function survives(text: string, parsed: object): boolean {
  let members = 0;
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (colon !== undefined) members += 1;
    else if (!token.startsWith('"') && canonical(token) !== canonical(String(Number(token)))) return false;
  }
  return members === countMembers(parsed);
}

/** Sign, significant digits and exponent: `1.50e3` and `1500` agree, `12345678901234567890` and what a double makes of it do not. */
function canonical(number: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return whole === "" ? number : "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}

function countMembers(value: object): number {
  let members = 0;
  const rest: object[] = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const inner: unknown[] = Object.values(next);
    if (!Array.isArray(next)) members += inner.length;
    for (const item of inner) if (typeof item === "object" && item !== null) rest.push(item);
  }
  return members;
}
