import type { Dialect } from "./model-api.ts";

interface Block {
  readonly type: string;
  readonly content?: unknown;
}

interface Body {
  readonly tools?: readonly { readonly name: string; readonly description?: string }[];
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
}

/** Anthropic's Messages API, as Claude Code speaks it. */
export const ANTHROPIC: Dialect = {
  named: true,
  isTurn: (method, path) => method === "POST" && /^\/v1\/messages(?:\?|$)/.test(path),
  read(body, text) {
    const { tools = [], messages } = body as unknown as Body;
    const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
    return {
      tools: Object.fromEntries(tools.map(({ name, description = "" }) => [name, description])),
      result: blocks.find(({ type }) => type === "tool_result")?.content,
      text,
    };
  },
  call: (tool, code) =>
    turn(
      { type: "tool_use", id: "toolu_1", name: tool, input: {} },
      { type: "input_json_delta", partial_json: JSON.stringify({ code }) },
      "tool_use",
    ),
  say: (text) => turn({ type: "text", text: "" }, { type: "text_delta", text }, "end_turn"),
};

function turn(block: object, delta: object, reason: string): object[] {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "scripted",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return [
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: block },
    { type: "content_block_delta", index: 0, delta },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage },
    { type: "message_stop" },
  ];
}
