import { isSpecType } from "@modelcontextprotocol/server";
import type { InputRequests } from "@modelcontextprotocol/server";
import { CodemodeError } from "../core/errors.ts";
import { CannotBeAsked, lacking } from "../core/questions.ts";
import type { Answer, Askable, Question } from "../core/questions.ts";
import type { Asker } from "./asker.ts";
import { QuestionKeys } from "./question-keys.ts";

interface OpenQuestion {
  readonly question: Question;
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
}

/** What arises together, by `Promise.all`, is asked together: each round costs the caller one of the few that its client allows. */
const GRACE_MS = 15;

/** 2026-07-28: questions wait here until the caller's request has been answered with them, and it has come back with answers. */
export class Park implements Asker {
  readonly #open = new Map<string, OpenQuestion>();
  readonly #keys = new QuestionKeys();
  readonly #early: Readonly<Record<string, unknown>>;
  #arrival = Promise.withResolvers<void>();

  /** `early` are answers that the caller has sent before anybody has asked: it knows what the upstream asks, and by which keys. */
  constructor(early: Readonly<Record<string, unknown>> = {}) {
    this.#early = early;
  }

  ask(question: Question, signal: AbortSignal, wanted?: string): Promise<Answer> {
    const key = this.#keys.next(wanted);
    const early = key === wanted && Object.hasOwn(this.#early, key) ? this.#early[key] : undefined;
    if (isAnswer(question, early)) return Promise.resolve(early);
    return new Promise<Answer>((answered, failed) => {
      signal.addEventListener("abort", () => failed(new CodemodeError("cancelled", "the question was withdrawn")));
      this.#open.set(key, { question, answered, failed });
      this.#arrival.resolve();
    }).finally(() => {
      this.#open.delete(key);
      if (this.#open.size === 0) this.#arrival = Promise.withResolvers();
    });
  }

  /** Resolves when there are questions, with all of them: it may never do so. */
  async asked(): Promise<InputRequests> {
    for (;;) {
      await this.#arrival.promise;
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
      if (this.#open.size > 0) return Object.fromEntries(Array.from(this.#open, ([key, { question }]) => [key, question]));
    }
  }

  /** Takes what a caller has come back with. What nobody has asked, or has been answered, is left alone: so a request can be repeated. */
  answer(responses: Readonly<Record<string, unknown>>): void {
    for (const [key, { question, answered, failed }] of this.#open) {
      if (!Object.hasOwn(responses, key)) continue;
      const response = responses[key];
      if (isAnswer(question, response)) answered(response);
      else failed(new Error("the client's answer is not a valid one"));
    }
  }

  /** The caller has come back with another client: what that cannot be asked will not be answered. */
  reconsider(askable: Askable): void {
    for (const { question, failed } of this.#open.values()) {
      const missing = lacking(askable, question);
      if (missing !== undefined) failed(new CannotBeAsked([missing], "the client cannot be asked any more"));
    }
  }
}

function isAnswer({ method }: Question, response: unknown): response is Answer {
  switch (method) {
    case "elicitation/create":
      return isSpecType.ElicitResult(response);
    case "sampling/createMessage":
      return isSpecType.CreateMessageResult(response) || isSpecType.CreateMessageResultWithTools(response);
    case "roots/list":
      return isSpecType.ListRootsResult(response);
  }
}
