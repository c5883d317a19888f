import { isSpecType, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/client";
import type { CreateMessageRequest, ElicitRequest } from "@modelcontextprotocol/client";
import { exceedsBytes } from "../core/bytes.ts";
import type { Limits } from "../core/limits.ts";
import { forwardableMeta } from "../core/meta.ts";
import type { Question } from "../core/questions.ts";
import { webPage } from "../core/web-page.ts";

/** As many characters of a message as anybody reads before answering. */
const MAX_MESSAGE_CHARS = 4_000;

/** Whether this is one of the three requests that a server may ask a client. */
export function isQuestion(request: unknown): request is Question {
  return isSpecType.ElicitRequest(request) || isSpecType.CreateMessageRequest(request) || isSpecType.ListRootsRequest(request);
}

/** The question as the caller is to see it: it says who asks. Throws ProtocolError, which is for the upstream, if it must not be asked at all. */
export function readQuestion(key: string, request: Question, { questionBytes }: Pick<Limits, "questionBytes">): Question {
  if (exceedsBytes(JSON.stringify(request), questionBytes)) throw refuse(`it is larger than questionBytes = ${questionBytes} bytes`);
  switch (request.method) {
    case "elicitation/create":
      return { method: request.method, params: elicitation(key, request.params) };
    case "sampling/createMessage":
      return { method: request.method, params: sampling(key, request.params) };
    case "roots/list":
      return { method: request.method };
  }
}

function elicitation(key: string, params: ElicitRequest["params"]): ElicitRequest["params"] {
  const meta = metaOf(params);
  if (params.mode === "url") {
    const url = webPage(params.url);
    if (typeof url === "string") throw refuse(url);
    const message = `${key} asks you to open a page of ${url.host}: ${shown(params.message)}`;
    // An id means something to its upstream alone: another upstream may give the same.
    return { ...meta, mode: "url", message, url: url.href, elicitationId: crypto.randomUUID() };
  }
  const { requestedSchema } = params;
  return {
    ...meta,
    message: `${key} asks: ${shown(params.message)}`,
    requestedSchema: withShownTexts(requestedSchema) as typeof requestedSchema,
  };
}

/** `systemPrompt` is what clients show of a request, and what a model may know of where it comes from. */
function sampling(key: string, params: CreateMessageRequest["params"]): CreateMessageRequest["params"] {
  const { _meta, task: _task, systemPrompt, ...rest } = params as CreateMessageRequest["params"] & { task?: unknown };
  const said = systemPrompt === undefined ? "" : `\n\n${systemPrompt}`;
  return { ...rest, ...metaOf(params), systemPrompt: `This request comes from the MCP server ${JSON.stringify(key)}.${said}` };
}

/** Texts of a form that are shown, at any depth; values, which have to come back as they are, stay. */
function withShownTexts(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withShownTexts);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      (name === "title" || name === "description") && typeof value === "string" ? shown(value) : withShownTexts(value),
    ]),
  );
}

/** Without what moves a cursor or turns text around: it could paint over who is asking. */
function shown(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (found) =>
    found === "\n" || found === "\t" ? found : "",
  );
  return (plain.length > MAX_MESSAGE_CHARS ? `${plain.slice(0, MAX_MESSAGE_CHARS)}…` : plain).toWellFormed();
}

function metaOf({ _meta }: { readonly _meta?: Record<string, unknown> | undefined }): { _meta?: Record<string, unknown> } {
  if (_meta === undefined) return {};
  const { progressToken: _, ...meta } = forwardableMeta(_meta);
  return Object.keys(meta).length === 0 ? {} : { _meta: meta };
}

function refuse(why: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `This question is not passed on: ${why}.`);
}
