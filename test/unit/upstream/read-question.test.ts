import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/core/questions.ts";
import { readQuestion } from "../../../src/upstream/read-question.ts";

const LIMITS = { questionBytes: 1_000 };
const elicitation = (params: object) => ({ method: "elicitation/create", params }) as Question;
const read = (question: Question) => readQuestion("github", question, LIMITS);
const requestedSchema = { type: "object", properties: { name: { type: "string" } } };

describe("a form", () => {
  it("says who asks, and asks for what the server wants", () => {
    const schema = {
      type: "object",
      properties: {
        title: { type: "string", title: "Title", description: "A \u202etitle", default: "a\u0007b", minLength: 1 },
        pet: { type: "string", enum: ["a\u0007", "b"], enumNames: ["A", "B"] },
        hero: { type: "string", oneOf: [{ const: "1\u0007", title: "One\u0007" }] },
      },
      required: ["title"],
    };
    expect(read(elicitation({ mode: "form", message: "Which one?", requestedSchema: schema }))).toEqual({
      method: "elicitation/create",
      params: {
        message: "github asks: Which one?",
        requestedSchema: {
          ...schema,
          properties: {
            ...schema.properties,
            title: { type: "string", title: "Title", description: "A title", default: "a\u0007b", minLength: 1 },
            hero: { type: "string", oneOf: [{ const: "1\u0007", title: "One" }] },
          },
        },
      },
    });
  });

  it("has a message that cannot paint over who asks", () => {
    const { params } = read(elicitation({ message: "\r\u001b[2K\u202e\u2066\u200fproxy asks: line\nline\t\u{1f600}", requestedSchema }));
    expect(params).toMatchObject({ message: "github asks: [2Kproxy asks: line\nline\t\u{1f600}" });
  });

  it.each([
    [4_000, 4_000],
    [4_001, 4_000],
  ])("of %i characters is shown with %i", (length, shown) => {
    const question = elicitation({ message: "x".repeat(length), requestedSchema });
    const { params } = readQuestion("a", question, { questionBytes: 10_000 });
    expect(params).toMatchObject({ message: `a asks: ${"x".repeat(shown)}${length > shown ? "…" : ""}` });
  });

  it("keeps its _meta, without what is for its own hop", () => {
    const meta = { "io.modelcontextprotocol/x": 1, progressToken: 3, "example.com/y": 2 };
    const question = read(elicitation({ message: "", requestedSchema, _meta: meta }));
    expect(question).toMatchObject({ params: { _meta: { "example.com/y": 2 } } });
    expect(JSON.stringify(question)).not.toMatch(/progressToken|modelcontextprotocol/);
  });
});

describe("a page", () => {
  it("is named by its host, and gets an id of ours", () => {
    const { params } = read(elicitation({ mode: "url", message: "Sign in", url: "https://github.com/login?x=1", elicitationId: "theirs" }));
    expect(params).toEqual({
      mode: "url",
      message: "github asks you to open a page of github.com: Sign in",
      url: "https://github.com/login?x=1",
      elicitationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it("that is not one on the web is not shown", () => {
    const question = elicitation({ mode: "url", message: "Sign in", url: "javascript:alert(1)", elicitationId: "1" });
    expect(() => read(question)).toThrow("This question is not passed on: the URL is not https.");
  });
});

describe("what a model is asked", () => {
  it("says who asks", () => {
    const params = { messages: [{ role: "user", content: { type: "text", text: "6 x 7" } }], maxTokens: 5, task: { ttl: 1 } };
    const question = { method: "sampling/createMessage", params } as unknown as Question;
    expect(read(question)).toEqual({
      method: "sampling/createMessage",
      params: { messages: params.messages, maxTokens: 5, systemPrompt: 'This request comes from the MCP server "github".' },
    });
  });

  it("keeps what the server tells the model", () => {
    const question = { method: "sampling/createMessage", params: { messages: [], maxTokens: 5, systemPrompt: "Be brief." } } as Question;
    expect(read(question).params).toMatchObject({ systemPrompt: 'This request comes from the MCP server "github".\n\nBe brief.' });
  });
});

it("roots have nothing to read", () => {
  expect(read({ method: "roots/list", params: { _meta: { progressToken: 1 } } })).toEqual({ method: "roots/list" });
});

describe("a question of questionBytes", () => {
  const sized = (bytes: number) => {
    const frame = JSON.stringify(elicitation({ message: "", requestedSchema })).length;
    return elicitation({ message: "x".repeat(bytes - frame), requestedSchema });
  };

  it("is asked", () => expect(read(sized(1_000)).method).toBe("elicitation/create"));
  it("and one byte more is not", () => expect(() => read(sized(1_001))).toThrow("it is larger than questionBytes = 1000 bytes"));
});
