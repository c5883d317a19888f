import type { Answer, Question } from "../../src/core/questions.ts";
import type { Relay } from "../../src/core/relay.ts";
import { SILENT_RELAY } from "./silent-relay.ts";

/** A question of the proxy whether calls may be made. */
export interface AskedForm {
  readonly message: string;
  readonly fields: Readonly<Record<string, { readonly title: string; readonly enum: readonly string[] }>>;
}

export function formOf({ params }: Question): AskedForm {
  const { message, requestedSchema } = params as unknown as { message: string; requestedSchema: { properties: AskedForm["fields"] } };
  return { message, fields: requestedSchema.properties };
}

/** Chooses the same everywhere. */
export function choose(form: AskedForm, choice: string): Answer {
  return { action: "accept", content: Object.fromEntries(Object.keys(form.fields).map((field) => [field, choice])) };
}

/** The relay of an execution whose caller has a person who answers as told. `held` counts what waits for that person at the moment. */
export function askedRelay(answer: (form: AskedForm, signal: AbortSignal) => Answer | Promise<Answer>) {
  const asked: AskedForm[] = [];
  const state = { held: 0 };
  const relay: Relay = {
    ...SILENT_RELAY,
    owner: {},
    askable: { elicitation: { form: {} } },
    async ask(question, signal) {
      const form = formOf(question);
      asked.push(form);
      return await answer(form, signal);
    },
    hold() {
      state.held += 1;
      return () => void (state.held -= 1);
    },
  };
  return { relay, asked, state };
}
