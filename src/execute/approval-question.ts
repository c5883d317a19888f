import type { Approval } from "../core/approval.ts";
import type { Answer, Question } from "../core/questions.ts";
import { visible } from "./shown-arguments.ts";

/** One call as a person is asked for it. */
export interface AskedCall {
  /** The same for all calls of one tool. */
  readonly toolId: string;
  /** `namespace.identifier`. */
  readonly name: string;
  /** The configured key, and the upstream's own name of the tool. */
  readonly server: string;
  readonly tool: string;
  /** The arguments as text: other arguments, another text. */
  readonly shown: string;
  /** Smaller in calls that were made before. */
  readonly order: number;
  /** A call that is passed through is alone: nothing else will come of what it belongs to. */
  readonly alone: boolean;
}

/** What a person reads and chooses from: plain texts, because not every client shows titles of choices. */
const CHOICES: Readonly<Record<Approval["answer"], string>> = {
  once: "allow once",
  execution: "allow for this program",
  always: "always allow",
  no: "no",
};

const EXPLAINED = {
  once: "once: only as shown above.",
  execution: "for this program: every call of this tool that it makes, with whatever arguments.",
  always: "always: every call of this tool by every program from now on.",
};

/** One form for all of `calls`, with one choice for each tool among them. */
export function approvalQuestion(calls: readonly AskedCall[]): Question {
  const listed = calls.map(({ name, server, tool, shown }, index) => {
    const number = calls.length === 1 ? "" : `${index + 1}. `;
    return `${number}${name} (tool ${quoted(tool)} of the server ${quoted(server)})\n${shown}`;
  });
  const asked = calls.length === 1 ? "May this call be made?" : `May these ${calls.length} calls be made?`;
  const tools = toolsOf(calls);
  const properties = Object.fromEntries(
    tools.map(({ field, call, count }) => [
      field,
      {
        type: "string" as const,
        title: count === 1 ? call.name : `${call.name} (${count} calls)`,
        description: explanation(call),
        enum: Object.entries(CHOICES).flatMap(([answer, text]) => (call.alone && answer === "execution" ? [] : [text])),
      },
    ]),
  );
  return {
    method: "elicitation/create",
    params: {
      mode: "form",
      message: [asked, ...listed].join("\n\n"),
      requestedSchema: { type: "object", properties, required: tools.map(({ field }) => field) },
    },
  };
}

/** What was said of each tool. Whatever is not clearly a yes is a no. */
export function readApproval(calls: readonly AskedCall[], answer: Answer): Map<string, Approval["answer"]> {
  const { action, content } = answer as { action?: unknown; content?: Readonly<Record<string, unknown>> };
  const chosen = (field: string): Approval["answer"] => {
    if (action !== "accept" || content === undefined || !Object.hasOwn(content, field)) return "no";
    const found = Object.entries(CHOICES).find(([, text]) => text === content[field]);
    return (found?.[0] as Approval["answer"] | undefined) ?? "no";
  };
  return new Map(toolsOf(calls).map(({ field, call }) => [call.toolId, chosen(field)]));
}

interface AskedTool {
  /** The name of its field: no text of an upstream. */
  readonly field: string;
  readonly call: AskedCall;
  readonly count: number;
}

function toolsOf(calls: readonly AskedCall[]): AskedTool[] {
  const byTool = new Map<string, AskedCall[]>();
  for (const call of calls) byTool.set(call.toolId, [...(byTool.get(call.toolId) ?? []), call]);
  return [...byTool.values()].flatMap((group, index) => {
    const [call] = group;
    return call === undefined ? [] : [{ field: index === 0 ? "answer" : `answer${index + 1}`, call, count: group.length }];
  });
}

function explanation({ alone }: AskedCall): string {
  return [EXPLAINED.once, ...(alone ? [] : [EXPLAINED.execution]), EXPLAINED.always].join(" ");
}

/** As much of a name as anybody reads. */
const MAX_NAME_CHARS = 100;

function quoted(name: string): string {
  return visible(JSON.stringify(name.length > MAX_NAME_CHARS ? `${name.slice(0, MAX_NAME_CHARS)}…` : name));
}
