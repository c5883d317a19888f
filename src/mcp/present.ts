import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";
import type { CallRecord, ConsoleOutput, Execution, Returned, Thrown } from "../core/execution.ts";
import { excerpt, placeOf } from "./places.ts";
import { refusalText } from "./refusal.ts";

export interface ResultForm {
  /** Whether the returned value also goes out as `structuredContent`. */
  readonly structuredContent: boolean;
}

type Failure = Exclude<Execution["outcome"], Returned>;

const TEXT_ALONE: ResultForm = { structuredContent: false };

/**
 * How the caller reads an execution: the value or the error first, then what the program has emitted and printed, then, after a failure, what
 * had already happened.
 */
export function present({ outcome, console, emitted, notes = [], ledger }: Execution, source: string, form = TEXT_ALONE): CallToolResult {
  const ok = outcome.kind === "returned";
  const content = [
    ...(ok ? valueOf(outcome, emitted.blocks.length > 0) : failed(outcome, source, emitted.blocks.length > 0)),
    ...emitted.blocks,
    ...[droppedText(emitted.dropped), consoleText(console), notesText(notes), ok ? "" : ledgerText(ledger)]
      .filter((text) => text !== "")
      .map(textBlock),
  ];
  const structured = ok && form.structuredContent && { structuredContent: { value: structuredValue(outcome) } };
  return { content, ...structured, ...(!ok && { isError: true }) };
}

/** What a program has returned all the same stands behind what nobody awaited. */
function failed(outcome: Failure, source: string, hasEmitted: boolean): ContentBlock[] {
  const text = textBlock(failureOf(outcome, source));
  if (outcome.kind !== "threw" || outcome.returned === undefined) return [text];
  return [text, textBlock("All the same, the program returned:"), ...valueOf(outcome.returned, hasEmitted)];
}

/** No value says nothing where there is something else to see. */
function valueOf({ text, notice, blocks = [] }: Returned, hasEmitted: boolean): ContentBlock[] {
  const isSilent = text === "" ? blocks.length > 0 || notice !== undefined : text === "undefined" && hasEmitted;
  return [...(isSilent ? [] : [textBlock(text)]), ...blocks, ...(notice === undefined ? [] : [textBlock(notice)])];
}

/** At most `resultChars` of JSON, so that a hostile one costs little to read. */
function structuredValue({ text }: Returned): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textBlock(text: string): ContentBlock {
  return { type: "text", text: text.toWellFormed() };
}

function droppedText(dropped: number): string {
  return dropped === 0
    ? ""
    : `Emitted content left out: ${dropped} ${dropped === 1 ? "block" : "blocks"}, beyond blocks, blockBytes or resultChars, or not valid.`;
}

function failureOf(outcome: Failure, source: string): string {
  switch (outcome.kind) {
    case "threw":
      return thrownText(outcome.error, source) + (outcome.returned === undefined ? "" : `\n${UNAWAITED}`);
    case "refused":
      return refusalText(outcome, source);
    case "limit":
      return outcome.message;
    case "cancelled":
      return "The program was cancelled.";
    case "fault":
      if (outcome.sandboxEnded === true) {
        return `The sandbox ended before the program did (fault ${outcome.id}: the proxy's log has the details). Calls may have been made: try again only if that does no harm.`;
      }
      return `The proxy failed, not the program (fault ${outcome.id}: its log has the details). Try again.`;
  }
}

const UNAWAITED =
  "Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.";

function thrownText({ name, message, frames, causes, hint }: Thrown, source: string): string {
  const place = frames[0] ?? causes.find(({ frame }) => frame !== undefined)?.frame;
  return [
    saidBy(name, message),
    ...causes.map(({ text, frame }) => `  caused by ${text}${frame === undefined ? "" : ` (${placeOf(frame)})`}`),
    ...runsOf(frames.map(placeOf)).map(([at, times]) => `    at ${at}${times === 1 ? "" : ` (${times} times)`}`),
    ...(place === undefined ? [] : [excerpt(place, source)]),
    ...(hint === undefined ? [] : [hint]),
  ].join("\n");
}

/** A recursion without an end would otherwise say one thing ten times. */
function runsOf(places: readonly string[]): [string, number][] {
  const runs: [string, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.[0] === place) last[1] += 1;
    else runs.push([place, 1]);
  }
  return runs;
}

/** `name` is the error's, or says what was thrown instead of one. */
function saidBy(name: string, message: string): string {
  if (name === "null" || name === "undefined") return `The program threw ${name}`;
  return /^an? /.test(name) ? `The program threw ${name}: ${message}` : `${name}: ${message || "(no message)"}`;
}

function consoleText({ lines, dropped }: ConsoleOutput): string {
  if (lines.length === 0 && dropped === 0) return "";
  const shown = lines.map(({ level, text }) => (level === "log" ? text : `[${level}] ${text}`));
  return ["Console:", ...shown, ...(dropped === 0 ? [] : [`… ${dropped} more lines left out`])].join("\n");
}

function notesText(notes: readonly string[]): string {
  return notes.length === 0 ? "" : ["Notes:", ...notes].join("\n");
}

/** The last ones say most about where it stopped; the count says how many there were. */
const MAX_RECORDS = 50;

function ledgerText(ledger: readonly CallRecord[]): string {
  if (ledger.length === 0) return "";
  const shown = ledger.slice(-MAX_RECORDS).map(({ name, outcome, durationMs }) => `${name} ${outcome} (${durationMs} ms)`);
  const left = ledger.length - shown.length;
  return [`Calls that had been made (${ledger.length}):`, ...(left === 0 ? [] : [`… ${left} earlier ones`]), ...shown].join("\n");
}
