import type { Tool } from "../core/tool.ts";
import { clip, quote } from "./comment.ts";
import { toIdentifier } from "./names.ts";
import {
  descriptionOf,
  echoes,
  firstSentence,
  paragraphsOf,
  sentencesOf,
  withoutExamples,
  withoutMarks,
  withoutParameters,
} from "./prose.ts";

/** What comments say at one level of detail, tool by tool: of a tool first, then of the properties of its types. */
export interface Remarks {
  /** The lines above a tool. */
  readonly tool: (identifier: string, tool: Tool) => readonly string[];
  /** The comment behind a property, on one line; empty for none. */
  readonly property: (name: string, comment: string) => string;
}

/** No comments at all. */
export const SILENT: Remarks = { property: () => "", tool: () => [] };

/** Longer sentences are paragraphs. */
const MAX_SENTENCE = 120;
/** A brief remark behind a property: one that needs more room is for the full level. */
const MAX_BRIEF = 60;
/** Shorter sentences repeat by chance, and are needed where they stand. */
const MIN_REPEATED = 14;

/** Everything, but no sentence twice in one namespace, and none that only says the name again. */
export function fullRemarks(): Remarks {
  const said = new Set<string>();
  const once = (text: string): boolean => {
    if (text.length < MIN_REPEATED) return true;
    if (said.has(text)) return false;
    said.add(text);
    return true;
  };
  const newOf = (text: string) => sentencesOf(text).filter(once).join(" ");
  let toolName = "";
  return {
    tool(identifier, tool) {
      toolName = identifier;
      const lines = paragraphsOf(withoutParameters(withoutExamples(descriptionOf(tool)), tool));
      return [...lines.map(newOf).filter((line) => line !== ""), ...hardlyKnown(identifier, tool)];
    },
    property: (name, comment) => (echoes(comment, name, toolName) ? "" : newOf(withoutMarks(comment))),
  };
}

/** The first sentence of each tool, and of parameters what is short and new. */
export function briefRemarks(): Remarks {
  const said = new Set<string>();
  let toolName = "";
  return {
    tool(identifier, tool) {
      toolName = identifier;
      const sentence = clip(firstSentence(descriptionOf(tool)[0] ?? ""), MAX_SENTENCE);
      return [...(sentence === "" || echoes(sentence, identifier) ? [] : [sentence]), ...hardlyKnown(identifier, tool)];
    },
    property(name, comment) {
      const sentence = firstSentence(withoutMarks(comment));
      if (sentence.length > MAX_BRIEF || said.has(sentence) || echoes(sentence, name, toolName)) return "";
      said.add(sentence);
      return sentence;
    },
  };
}

/** Everything, as it was written: for one tool that somebody asks about. */
export const WHOLE: Remarks = {
  tool: (identifier, tool) => [...descriptionOf(tool), ...renamed(identifier, tool)],
  property: (_name, comment) => comment,
};

/** The upstream's name for a tool where that is another: what its documentation and its errors call it. */
function renamed(identifier: string, { name }: Tool): string[] {
  return name === identifier ? [] : [`MCP name: ${quote(name)}`];
}

/** The same, but not for `get-url` behind `get_url`, which any reader sees. */
function hardlyKnown(identifier: string, tool: Tool): string[] {
  return toIdentifier(tool.name) === identifier ? [] : renamed(identifier, tool);
}
