import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/core/questions.ts";
import { inRounds } from "../../../src/upstream/rounds.ts";
import type { RoundParams } from "../../../src/upstream/rounds.ts";

const ROOTS = { method: "roots/list" };
const FORM = { method: "elicitation/create", params: { message: "?", requestedSchema: { type: "object", properties: {} } } };

/** A server that answers each round with the next of these, and what it was sent. */
function server(...results: object[]): { send: (params: RoundParams) => Promise<object>; sent: RoundParams[] } {
  const sent: RoundParams[] = [];
  return {
    sent,
    async send(params) {
      sent.push(params);
      return results[sent.length - 1] ?? {};
    },
  };
}

const asks = (inputRequests: object, requestState?: string) => ({ resultType: "input_required", inputRequests, requestState });

describe("a request in rounds", () => {
  it("that is answered at once is sent once, as it is", async () => {
    const { send, sent } = server({ content: [] });
    expect(await inRounds(send, () => Promise.reject(new Error("asked")))).toEqual({ content: [] });
    expect(sent).toEqual([{}]);
  });

  it("is repeated with the answers of its round and its state, until there is a result", async () => {
    const { send, sent } = server(asks({ a: ROOTS, b: FORM }, "one"), asks({ c: ROOTS }), { content: ["done"] });
    const asked: Question[] = [];
    const result = await inRounds(send, async (question) => {
      asked.push(question);
      return question.method === "roots/list" ? { roots: [] } : { action: "decline" };
    });
    expect(result).toEqual({ content: ["done"] });
    expect(asked).toEqual([ROOTS, FORM, ROOTS]);
    expect(sent).toEqual([
      {},
      { inputResponses: { a: { roots: [] }, b: { action: "decline" } }, requestState: "one" },
      { inputResponses: { c: { roots: [] } } },
    ]);
  });

  it("goes on without a question when the server only wants it again", async () => {
    const { send, sent } = server(asks({}, "later"), { content: [] });
    await inRounds(send, () => Promise.reject(new Error("asked")));
    expect(sent).toEqual([{}, { requestState: "later" }]);
  });

  it.each([[{ method: "tools/call" }], [{ method: "elicitation/create", params: { message: 1 } }], ["text"], [null]])(
    "fails for what is no question: %j",
    async (request) => {
      const { send } = server(asks({ ["k".repeat(100)]: request }, "s"));
      const message = `it asks something that MCP does not know ("${"k".repeat(80)}")`;
      await expect(inRounds(send, async () => ({ roots: [] }))).rejects.toThrow(message);
    },
  );

  it("fails with a question that fails", async () => {
    const { send } = server(asks({ a: ROOTS }));
    await expect(inRounds(send, () => Promise.reject(new Error("the dialog was closed")))).rejects.toThrow("the dialog was closed");
  });
});
