import type { ClientCapabilities, CreateMessageResultWithTools, InputRequest, InputResponse } from "@modelcontextprotocol/client";
import { CodemodeError } from "./errors.ts";

/** What an upstream, or the proxy itself, wants to know of the person or the model behind the caller: elicitation, sampling, roots. */
export type Question = InputRequest;
export type Answer = InputResponse | CreateMessageResultWithTools;

/** What a caller can be asked, as MCP declares it. */
export type Askable = Readonly<Pick<ClientCapabilities, "elicitation" | "sampling" | "roots">>;

/** Of what a client has declared, what concerns questions: without members that we do not relay, and with what a bare declaration means. */
export function askableOf(declared: ClientCapabilities | undefined): Askable {
  const { elicitation, sampling, roots } = declared ?? {};
  const form = elicitation?.form !== undefined || elicitation?.url === undefined;
  return {
    ...(elicitation !== undefined && {
      elicitation: { ...(form && { form: {} }), ...(elicitation.url !== undefined && { url: {} }) },
    }),
    ...(sampling !== undefined && {
      sampling: { ...(sampling.tools !== undefined && { tools: {} }), ...(sampling.context !== undefined && { context: {} }) },
    }),
    ...(roots !== undefined && { roots: {} }),
  };
}

/** What one of two callers can be asked. */
export function eitherCan(one: Askable, other: Askable): Askable {
  const both = { elicitation: { ...one.elicitation, ...other.elicitation }, sampling: { ...one.sampling, ...other.sampling }, roots: {} };
  return Object.fromEntries(Object.entries(both).filter(([name]) => name in one || name in other));
}

/** The capability that a caller lacks for this question, by its name in MCP. */
export function lacking({ elicitation, sampling, roots }: Askable, { method, params }: Question): string | undefined {
  switch (method) {
    case "elicitation/create": {
      const mode = params.mode === "url" ? "url" : "form";
      return elicitation?.[mode] === undefined ? `elicitation.${mode}` : undefined;
    }
    case "sampling/createMessage":
      if (sampling === undefined) return "sampling";
      return (params.tools !== undefined || params.toolChoice !== undefined) && sampling.tools === undefined ? "sampling.tools" : undefined;
    case "roots/list":
      return roots === undefined ? "roots" : undefined;
  }
}

/** The question without what asks for more than the caller's client offers and may be left out: the context of other servers. */
export function fitted(question: Question, { sampling }: Askable): Question {
  if (question.method !== "sampling/createMessage" || sampling?.context !== undefined) return question;
  const { includeContext: _, ...params } = question.params;
  return { ...question, params };
}

/** The caller lacks what a question needs. */
export class CannotBeAsked extends CodemodeError {
  /** The capabilities by their names in MCP, as in `elicitation.form`; none if the upstream has not said it in a way that we know. */
  readonly missing: readonly string[];

  constructor(missing: readonly string[], what = "the server wants to ask, and your client cannot be asked") {
    super("question", `${what}: it has no ${missing.join(", ") || "capability that the server names"}`, {
      remedy: "Use a client that supports it, or a tool that does not ask.",
    });
    this.missing = missing;
  }
}

/** Of the capabilities with these names, those that a caller lacks, as MCP declares them; undefined if there are none. */
export function requiredOf(missing: readonly string[], askable: Askable): ClientCapabilities | undefined {
  const required: Record<string, Record<string, object>> = {};
  for (const name of missing) {
    const [capability = "", mode] = name.split(".");
    const has = (askable as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[capability];
    if (has === undefined || (mode !== undefined && has[mode] === undefined))
      required[capability] = { ...required[capability], ...(mode !== undefined && { [mode]: {} }) };
  }
  return Object.keys(required).length === 0 ? undefined : required;
}
