import { CLIENT_CAPABILITIES_META_KEY, LOG_LEVEL_META_KEY } from "@modelcontextprotocol/client";
import type { Client, InputRequiredResult, Progress, RequestOptions } from "@modelcontextprotocol/client";
import * as z from "zod";
import { CodemodeError } from "../core/errors.ts";
import type { FeatureRequest } from "../core/features.ts";
import type { Answer, Question } from "../core/questions.ts";
import type { CallContext, ProgressUpdate } from "../core/relay.ts";
import { inRounds } from "./rounds.ts";
import type { RoundParams } from "./rounds.ts";

/** What a request to an upstream is sent with. */
export interface Sending {
  readonly context: CallContext;
  readonly options: RequestOptions;
  readonly ask: (question: Question, key: string) => Promise<Answer>;
}

/** The members of `params` that are ours to fill. */
export interface SentParams extends RoundParams {
  readonly _meta: Record<string, unknown>;
}

/** Sends a request once to a server of the 2025 revisions, and as often as it asks for more to one of 2026-07-28. */
export async function sendInRounds<Result>(
  client: Client,
  { context, options, ask }: Sending,
  send: (params: SentParams, options: RequestOptions) => Promise<Result | InputRequiredResult>,
): Promise<Result> {
  const { askable, logLevel } = context.relay;
  const onprogress = (said: Progress) => context.relay.progress(readProgress(said));
  if (client.getProtocolEra() !== "modern") return (await send({ _meta: { ...context.meta } }, { ...options, onprogress })) as Result;
  // A connection serves callers who can be asked different things: each request says what its own can, and what it wants to hear.
  const meta = {
    ...context.meta,
    [CLIENT_CAPABILITIES_META_KEY]: askable,
    ...(logLevel !== undefined && { [LOG_LEVEL_META_KEY]: logLevel }),
  };
  return inRounds((more) => send({ ...more, _meta: meta }, { ...options, onprogress, allowInputRequired: true }), ask);
}

/** What a server has to declare to be asked this. */
const CAPABILITIES = { "resources/read": "resources", "prompts/get": "prompts", "completion/complete": "completions" } as const;

/** Only the frame: whoever reads a resource wants what the server has answered, not what the SDK's schema thinks of it. */
const resultSchema = z.looseObject({});

/** Sends a request that is passed on. Rejects with the SDK's error, and with CodemodeError if the server has nothing of the kind. */
export async function sendFeatureRequest(
  client: Client,
  { method, params }: FeatureRequest,
  sending: Sending,
): Promise<Record<string, unknown>> {
  const capability = CAPABILITIES[method];
  if (client.getServerCapabilities()?.[capability] === undefined)
    throw new CodemodeError("tool_arguments", `this server has no ${capability}`);
  return sendInRounds(client, sending, (more, options) =>
    client.request({ method, params: { ...params, ...more } }, resultSchema, options),
  );
}

/** As many characters of a step's message as anybody reads. */
const MAX_MESSAGE_CHARS = 500;

function readProgress({ progress, total, message }: Progress): ProgressUpdate {
  return {
    progress,
    ...(total !== undefined && { total }),
    ...(message !== undefined && { message: message.slice(0, MAX_MESSAGE_CHARS).toWellFormed() }),
  };
}
