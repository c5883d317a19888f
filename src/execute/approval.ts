import type { Approval } from "../core/approval.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { Decide } from "../core/policy.ts";
import { lacking } from "../core/questions.ts";
import type { Question } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";
import { sha256 } from "../core/sha256.ts";
import type { Tool } from "../core/tool.ts";
import { ApprovalRounds } from "./approval-rounds.ts";
import { shownArguments } from "./shown-arguments.ts";

/** A call that is about to be made. */
interface ApprovalRequest {
  /** The configured key of the upstream. */
  readonly key: string;
  readonly tool: Tool;
  /** `namespace.identifier`. */
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** The call is passed through: no program makes it. */
  readonly alone?: boolean;
  /** Called with what a person has said, yes or no, before the call is made or fails. */
  readonly noted?: (approval: Approval) => void;
}

/** Resolves when the call may be made with these arguments. Rejects with CodemodeError: `tool_approval`, `limit` or `cancelled`. */
export type Approve = (request: ApprovalRequest, context: CallContext) => Promise<void>;

/** Tools that a person has allowed once and for all, by upstream, the tool's own name and what stands for its definition. */
export interface ApprovalStore {
  /** When it was allowed, in ms since 1970; not if the tool had another definition then. */
  find(upstream: string, tool: string, definition: string): number | undefined;
  save(upstream: string, tool: string, definition: string, at: number): void;
}

export interface ApprovalDeps {
  readonly decide: Decide;
  readonly store: ApprovalStore;
  readonly limits: Pick<Limits, "approvalCalls" | "approvalChars">;
  readonly now: () => number;
}

/** Lets calls pass that the policy allows, and asks the person behind the caller for those that it leaves to one. */
export function approvals({ decide, store, limits, now }: ApprovalDeps): Approve {
  const executions = new WeakMap<object, ApprovalRounds>();
  let made = 0;
  return async ({ key, tool, name, args, alone = false, noted }, context) => {
    const verdict = decide(key, tool);
    if (verdict === "allow") return;
    if (verdict === "deny") throw new CodemodeError("fault", `a denied tool was about to be called: ${tool.name}`);
    // Digests come in any order: the person reads the calls in the order in which they were made.
    const order = (made += 1);
    const definition = await definitionOf(tool);
    const allowedAt = store.find(key, tool.name, definition);
    if (allowedAt !== undefined) return noted?.({ answer: "always", at: allowedAt });
    const { relay, signal } = context;
    if (lacking(relay.askable, ANY_FORM) !== undefined) throw nobodyToAsk(key, tool);
    const rounds = executions.get(relay.owner) ?? new ApprovalRounds(limits, now);
    executions.set(relay.owner, rounds);
    const toolId = JSON.stringify([key, tool.name, definition]);
    const shown = await shownArguments(args, limits.approvalChars);
    const call = { toolId, name, server: key, tool: tool.name, shown, order, alone };
    const approval = await rounds.ask(call, context).catch((error: unknown) => {
      throw signal.aborted ? cancelled() : failureOf(error, key, tool);
    });
    noted?.(approval);
    if (approval.answer === "no") throw declined();
    if (approval.answer === "always") store.save(key, tool.name, definition, approval.at);
  };
}

const ANY_FORM: Question = { method: "elicitation/create", params: { message: "", requestedSchema: { type: "object", properties: {} } } };

const definitions = new WeakMap<Tool, Promise<string>>();

/** An upstream that makes another tool of an allowed one has it asked for again. */
function definitionOf(tool: Tool): Promise<string> {
  const { title, description, inputSchema, annotations } = tool;
  const made = definitions.get(tool) ?? sha256(JSON.stringify([title, description, inputSchema, annotations]));
  definitions.set(tool, made);
  return made;
}

/** What has kept the question from being answered, as the program is told it. */
function failureOf(error: unknown, key: string, tool: Tool): CodemodeError {
  if (!(error instanceof CodemodeError))
    return new CodemodeError("tool_approval", "a person has to allow this call, and your client has failed to ask one", { cause: error });
  return error.code === "question" ? nobodyToAsk(key, tool) : error;
}

function cancelled(): CodemodeError {
  return new CodemodeError("cancelled", "the call was cancelled before it was allowed");
}

function declined(): CodemodeError {
  return new CodemodeError("tool_approval", "declined: the user does not allow this call", {
    remedy: "Do without it, or ask the user what to do instead.",
  });
}

function nobodyToAsk(key: string, { name }: Tool): CodemodeError {
  const pattern = JSON.stringify(`${key}.${name}`);
  return new CodemodeError("tool_approval", "a person has to allow this call, and your client cannot ask one", {
    remedy: `The owner can write "policy": { "tools": { ${pattern}: "allow" } } into the configuration.`,
  });
}
