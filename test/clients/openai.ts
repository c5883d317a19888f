import type { Dialect } from "./model-api.ts";

interface Tool {
  readonly type: string;
  readonly name?: string;
  readonly description?: string;
  readonly tools?: readonly Tool[];
}

interface Body {
  readonly tools?: readonly Tool[];
  readonly input: readonly { readonly type: string; readonly output?: unknown }[];
}

const SEPARATOR = "\u0000";

/** OpenAI's Responses API, as Codex speaks it. A server's tools may come as a namespace of their own. */
export const OPENAI: Dialect = {
  named: true,
  isTurn: (method, path) => method === "POST" && /\/responses(?:\?|$)/.test(path),
  read(body, text) {
    const { tools = [], input } = body as unknown as Body;
    const flat = tools.flatMap(({ type, name = type, description = "", tools: inner }) =>
      inner === undefined
        ? [[name, description] as const]
        : inner.map((tool) => [`${name}${SEPARATOR}${tool.name ?? ""}`, tool.description ?? ""] as const),
    );
    return { tools: Object.fromEntries(flat), result: input.find(({ type }) => type === "function_call_output")?.output, text };
  },
  call(tool, code) {
    const [namespace, name] = tool.includes(SEPARATOR) ? tool.split(SEPARATOR) : [undefined, tool];
    const call = { type: "function_call", id: "fc_1", call_id: "call_1", name, arguments: JSON.stringify({ code }), status: "completed" };
    return response(namespace === undefined ? call : { ...call, namespace });
  },
  say: (text) =>
    response({
      type: "message",
      id: "msg_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text, annotations: [] }],
    }),
};

function response(item: object): object[] {
  const usage = { input_tokens: 1, input_tokens_details: null, output_tokens: 1, output_tokens_details: null, total_tokens: 2 };
  return [
    { type: "response.created", response: { id: "resp_1" } },
    { type: "response.output_item.done", output_index: 0, item },
    { type: "response.completed", response: { id: "resp_1", usage } },
  ];
}
