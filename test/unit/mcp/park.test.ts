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

  it("have the keys that upstreams give them, as long as they are different", async () => {
    const park = new Park();
    const [first, own, second] = [park.ask(FORM, NEVER, "name"), park.ask(ROOTS, NEVER), park.ask(FORM, NEVER, "name")];
    expect(await park.asked()).toEqual({ name: FORM, q1: ROOTS, "name-2": FORM });
    park.answer({ name: { action: "decline" }, q1: { roots: [] } });
    expect(await Promise.all([first, own])).toEqual([{ action: "decline" }, { roots: [] }]);
    // The caller repeats itself.
    park.answer({ name: { action: "decline" } });
    expect(await park.asked()).toEqual({ "name-2": FORM });
    park.answer({ "name-2": { action: "cancel" } });
    expect(await second).toEqual({ action: "cancel" });
  });

  it("are answered at once with what came early under an upstream's own key, once, and not with what is no answer", async () => {
    const decline = { action: "decline" };
    const park = new Park({ name: decline, q1: decline, model: decline, "name-2": decline, ["__proto__"]: decline });
    expect(await park.ask(FORM, NEVER, "name")).toEqual(decline);
    for (const key of ["name", undefined, "__proto__", "toString"]) void park.ask(FORM, NEVER, key);
    void park.ask(MODEL, NEVER, "model");
    expect(Object.keys(await park.asked())).toEqual(["name-2", "q1", "q2", "q3", "model"]);
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
