import { describe, expect, it } from "vitest";
import { askableOf, eitherCan, fitted, lacking } from "../../../src/core/questions.ts";
import type { Question } from "../../../src/core/questions.ts";

const requestedSchema = { type: "object" as const, properties: {} };
const FORM: Question = { method: "elicitation/create", params: { message: "?", requestedSchema } };
const PAGE: Question = { method: "elicitation/create", params: { mode: "url", message: "?", url: "https://a.test/", elicitationId: "1" } };
const MODEL: Question = { method: "sampling/createMessage", params: { messages: [], maxTokens: 1 } };
const TOOLS: Question = { method: "sampling/createMessage", params: { messages: [], maxTokens: 1, tools: [] } };
const ROOTS: Question = { method: "roots/list" };

describe("what a caller can be asked", () => {
  it.each([
    [undefined, {}],
    [{}, {}],
    [{ elicitation: {} }, { elicitation: { form: {} } }],
    [{ elicitation: { url: {} } }, { elicitation: { url: {} } }],
    [{ elicitation: { form: { applyDefaults: true }, url: {} } }, { elicitation: { form: {}, url: {} } }],
    [
      { sampling: { tools: {}, context: {} }, roots: { listChanged: true } },
      { sampling: { tools: {}, context: {} }, roots: {} },
    ],
    [{ experimental: { x: {} }, sampling: {} }, { sampling: {} }],
  ])("of %j it is %j", (declared, askable) => {
    expect(askableOf(declared)).toEqual(askable);
  });

  it.each([
    [{}, ["elicitation.form", "elicitation.url", "sampling", "sampling", "roots"]],
    [{ elicitation: { form: {} }, sampling: {}, roots: {} }, [undefined, "elicitation.url", undefined, "sampling.tools", undefined]],
    [{ elicitation: { url: {} }, sampling: { tools: {} } }, ["elicitation.form", undefined, undefined, undefined, "roots"]],
  ])("%j lacks %j", (askable, missing) => {
    expect([FORM, PAGE, MODEL, TOOLS, ROOTS].map((question) => lacking(askable, question))).toEqual(missing);
  });

  it("of two is what either can be", () => {
    expect(eitherCan({}, {})).toEqual({});
    expect(eitherCan({ elicitation: { form: {} } }, { elicitation: { url: {} }, roots: {} })).toEqual({
      elicitation: { form: {}, url: {} },
      roots: {},
    });
    expect(eitherCan({ sampling: { tools: {} } }, { sampling: {} })).toEqual({ sampling: { tools: {} } });
  });

  it("is no context of other servers, unless it has said so", () => {
    const question = { ...MODEL, params: { ...MODEL.params, includeContext: "allServers" } } as Question;
    expect(fitted(question, { sampling: {} })).toEqual(MODEL);
    expect(fitted(question, { sampling: { context: {} } })).toEqual(question);
    expect(fitted(FORM, {})).toBe(FORM);
  });
});
