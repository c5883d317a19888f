import { isInputRequiredResult, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/client";
import type { InputRequiredResult } from "@modelcontextprotocol/client";
import type { Answer, Question } from "../core/questions.ts";
import { isQuestion } from "./read-question.ts";

/** What a request is repeated with, beside what it had. */
export interface RoundParams {
  readonly inputResponses?: Record<string, Answer>;
  readonly requestState?: string;
}

/** How long a request waits that the server wants again without having asked: it may have been too busy. */
const PAUSE_MS = 250;

/**
 * 2026-07-28: sends a request again with the answers that the server asks for until there is a result. Ours instead of the SDK's, because over
 * stdio the SDK asks in the asynchronous context of the connection, where nobody knows whose question it is. It has no end of its own: that a
 * call may take so long and ask so much is what ends it.
 */
export async function inRounds<Result>(
  send: (params: RoundParams) => Promise<Result | InputRequiredResult>,
  ask: (question: Question, key: string) => Promise<Answer>,
): Promise<Result> {
  let params: RoundParams = {};
  for (;;) {
    const result = await send(params);
    if (!isInputRequiredResult(result)) return result;
    const { inputRequests = {}, requestState } = result;
    const asked = Object.entries(inputRequests);
    if (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const answers = await Promise.all(asked.map(async ([key, request]) => [key, await ask(asQuestion(key, request), key)] as const));
    params = {
      ...(answers.length > 0 && { inputResponses: Object.fromEntries(answers) }),
      ...(requestState !== undefined && { requestState }),
    };
  }
}

function asQuestion(key: string, request: unknown): Question {
  if (isQuestion(request)) return request;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `it asks something that MCP does not know (${JSON.stringify(key.slice(0, 80))})`,
  );
}
