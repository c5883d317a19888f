import { describe, expect, it } from "vitest";
import { askableOf, CannotBeAsked, eitherCan, fitted, lacking, requiredOf } from "../../../src/core/questions.ts";
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

  it.each([
    [["sampling"], {}, { sampling: {} }],
    [["elicitation.form", "elicitation.url", "roots"], {}, { elicitation: { form: {}, url: {} }, roots: {} }],
    [["sampling.tools"], { sampling: {} }, { sampling: { tools: {} } }],
    [["elicitation.form", "elicitation.url"], { elicitation: { url: {} } }, { elicitation: { form: {} } }],
    [["sampling", "elicitation.form"], { sampling: {}, elicitation: { form: {} } }, undefined],
    [[], {}, undefined],
  ])("of %j, where it is %j, %j is required besides", (missing, askable, required) => {
    expect(requiredOf(missing, askable)).toEqual(required);
  });

  it("is said in words if it is not enough", () => {
    expect(new CannotBeAsked(["sampling", "roots"]).message).toBe(
      "the server wants to ask, and your client cannot be asked: it has no sampling, roots",
    );
    expect(new CannotBeAsked([]).message).toMatch(/it has no capability that the server names$/);
  });

  it("is no context of other servers, unless it has said so", () => {
    const question = { ...MODEL, params: { ...MODEL.params, includeContext: "allServers" } } as Question;
    expect(fitted(question, { sampling: {} })).toEqual(MODEL);
    expect(fitted(question, { sampling: { context: {} } })).toEqual(question);
    expect(fitted(FORM, {})).toBe(FORM);
  });
});
