import type { Dialect } from "./model-api.ts";

interface Part {
  readonly functionResponse?: { readonly response: unknown; readonly parts?: unknown };
  readonly inlineData?: unknown;
}

interface Body {
  readonly tools?: readonly { readonly functionDeclarations?: readonly { readonly name: string; readonly description?: string }[] }[];
  readonly contents: readonly { readonly parts?: readonly Part[] }[];
}

/** Google's Gemini API, as Gemini CLI speaks it. */
export const GEMINI: Dialect = {
  named: false,
  isTurn: (method, path) => method === "POST" && /:streamGenerateContent/.test(path),
  read(body, text) {
    const { tools = [], contents } = body as unknown as Body;
    const declared = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
    // What is no text may stand in the response or beside it.
    const answers = contents.flatMap(({ parts = [] }) =>
      parts.some(({ functionResponse }) => functionResponse !== undefined) ? [parts] : [],
    );
    return {
      tools: Object.fromEntries(declared.map(({ name, description = "" }) => [name, description])),
      result: answers[0]?.map(({ functionResponse, inlineData }) => functionResponse ?? { inlineData }),
      text,
    };
  },
  call: (tool, code) => [chunk({ functionCall: { name: tool, args: { code } } })],
  say: (text) => [chunk({ text })],
};

function chunk(part: object): object {
  return {
    candidates: [{ index: 0, content: { role: "model", parts: [part] }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    modelVersion: "scripted",
  };
}
