import { specTypeSchemas } from "@modelcontextprotocol/server";
import type { ServerContext } from "@modelcontextprotocol/server";
import type { Answer, Question } from "../core/questions.ts";

/** How questions reach a caller of one era. */
export interface Asker {
  /** Rejects when `signal` fires, and with what the client says if it fails to answer. `key` is what an upstream calls the question. */
  ask(question: Question, signal: AbortSignal, key?: string): Promise<Answer>;
}

/** The largest delay of a timer, some 24 days: how long a question may take is the errand's to say. */
const NEVER_MS = 2_147_483_647;

/** The 2025 revisions: a question is a request of ours over the stream of the caller's own request, as many at once as there are. */
export function pushAsker({ mcpReq }: ServerContext): Asker {
  return {
    ask({ method, params }, signal) {
      const options = { signal, timeout: NEVER_MS };
      // A model with tools may answer by calling one.
      return method === "sampling/createMessage" && params.tools !== undefined
        ? mcpReq.send({ method, params }, specTypeSchemas.CreateMessageResultWithTools, options)
        : mcpReq.send<Question["method"]>({ method, ...(params !== undefined && { params }) }, options);
    },
  };
}
