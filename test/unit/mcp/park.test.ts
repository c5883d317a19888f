import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/core/questions.ts";
import { Park } from "../../../src/mcp/park.ts";

const NEVER = new AbortController().signal;
const ROOTS: Question = { method: "roots/list" };
const FORM: Question = { method: "elicitation/create", params: { message: "?", requestedSchema: { type: "object", properties: {} } } };
const MODEL: Question = { method: "sampling/createMessage", params: { messages: [], maxTokens: 1 } };

describe("parked questions", () => {
  it("that arise together are asked together, and answered each by itself", async () => {
    const park = new Park();
    const roots = park.ask(ROOTS, NEVER);
    await Promise.resolve();
    const form = park.ask(FORM, NEVER);
    expect(await park.asked()).toEqual({ q1: ROOTS, q2: FORM });
    park.answer({ q2: { action: "decline" }, q7: { action: "decline" } });
    expect(await form).toEqual({ action: "decline" });
    expect(await park.asked()).toEqual({ q1: ROOTS });
    park.answer({ q1: { roots: [] }, q2: { action: "accept" } });
    expect(await roots).toEqual({ roots: [] });
    const model = park.ask(MODEL, NEVER);
    expect(await park.asked()).toEqual({ q3: MODEL });
    const answer = { role: "assistant", model: "m", content: { type: "text", text: "x" } };
    park.answer({ q3: answer });
    expect(await model).toEqual(answer);
  });

  it("are told to a caller that came before they arose", async () => {
    const park = new Park();
    const asked = park.asked();
    void park.ask(ROOTS, NEVER);
    expect(await asked).toEqual({ q1: ROOTS });
  });

  it("that are withdrawn at once are not asked", async () => {
    const park = new Park();
    const asked = park.asked();
    const gone = new AbortController();
    const withdrawn = park.ask(FORM, gone.signal);
    gone.abort();
    await expect(withdrawn).rejects.toMatchObject({ code: "cancelled" });
    void park.ask(ROOTS, NEVER);
    expect(await asked).toEqual({ q2: ROOTS });
  });

  it.each([
    [FORM, { action: "agree" }],
    [FORM, { roots: [] }],
    [FORM, "accept"],
    [FORM, null],
    [MODEL, { role: "assistant", content: { type: "text", text: "x" } }],
    [ROOTS, { roots: ["/home"] }],
  ])("of %j fail for %j, which is no answer", async (question, answer) => {
    const park = new Park();
    const asked = park.ask(question, NEVER);
    park.answer({ q1: answer });
    await expect(asked).rejects.toThrow("the client's answer is not a valid one");
  });

  it("take no answer from a prototype", async () => {
    const park = new Park();
    void park.ask(ROOTS, NEVER);
    park.answer(Object.create({ q1: { roots: [] } }) as Record<string, unknown>);
    expect(await park.asked()).toEqual({ q1: ROOTS });
  });

  it("fail that a client cannot be asked with which the caller has come back", async () => {
    const park = new Park();
    const [roots, form] = [park.ask(ROOTS, NEVER), park.ask(FORM, NEVER)];
    park.reconsider({ roots: {} });
    await expect(form).rejects.toMatchObject({
      code: "question",
      message: "the client cannot be asked any more: it has no elicitation.form",
    });
    park.answer({ q1: { roots: [] } });
    expect(await roots).toEqual({ roots: [] });
  });
});
