import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  Server,
} from "@modelcontextprotocol/server";
import type {
  CallToolResult,
  ClientCapabilities,
  Implementation,
  InputRequiredResult,
  ProtocolEra,
  ServerCapabilities,
  ServerContext,
  Tool,
} from "@modelcontextprotocol/server";
import type { Execution } from "../core/execution.ts";
import type { Features } from "../core/features.ts";
import { isLogLevel } from "../core/log-message.ts";
import type { LogLevel } from "../core/log-message.ts";
import { askableOf } from "../core/questions.ts";
import type { Askable } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";
import { traceMetaOf } from "../core/trace.ts";
import { IMPLEMENTATION } from "../core/version.ts";
import { Audience } from "./audience.ts";
import type { Errands, Job } from "./errands.ts";
import { serveOffers } from "./offers.ts";
import type { Offers } from "./offers.ts";
import type { Passthrough, PassthroughRequest } from "./passthrough.ts";
import { present } from "./present.ts";
import type { ResultForm } from "./present.ts";
import type { ProgressLimits } from "./progress-feed.ts";
import { asProtocolError, missingCapability } from "./protocol-error.ts";
import { EXECUTE_TOOL } from "./tool.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { visitorOf } from "./visitor.ts";

export interface McpDeps {
  readonly instructions: string;
  /** The execute tool for a caller that asks with this URL, once every upstream has answered or had its time. */
  readonly tool: (url: string | undefined) => Promise<Tool>;
  readonly execute: (source: string, context: CallContext) => Promise<Execution>;
  /** Called with what the caller of each request can be asked, before anything else is done for it. */
  readonly meet: (askable: Askable) => void;
  /** Called with the level from which on a caller wants log messages. Resolves when upstreams have been told. */
  readonly hear: (level: LogLevel) => Promise<void>;
  readonly passthrough: Passthrough;
  readonly offers: Offers;
  readonly subscriptions: Subscriptions;
  readonly result: ResultForm;
  readonly limits: ProgressLimits;
}

/**
 * One MCP server instance over the Workspace: for one request of the 2026-07-28 revision, for one session of the older ones.
 * The list is made anew for each request, so an instance that lives long never shows an old catalog.
 */
export function createServer(deps: McpDeps, errands: Errands, era: ProtocolEra): { readonly server: Server; readonly audience: Audience } {
  const { features } = deps.offers;
  const server = new Server(IMPLEMENTATION, {
    capabilities: capabilitiesFor(features),
    instructions: deps.instructions,
    requestState: { verify: (state, ctx) => errands.verify(state, ctx) },
    // It would leave an errand alone whose question the client answers with an error.
    inputRequired: { legacyShim: false },
  });
  const audience = new Audience(server, deps);
  const levelOf = ({ mcpReq }: ServerContext) => {
    const level = era === "modern" ? envelopeOf(mcpReq)[LOG_LEVEL_META_KEY] : audience.level;
    return features.logging && isLogLevel(level) ? level : undefined;
  };
  const askableIn = ({ mcpReq }: ServerContext) => {
    const envelope = envelopeOf(mcpReq);
    return askableOf(era === "modern" ? (envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities) : server.getClientCapabilities());
  };
  const meet = (ctx: ServerContext) => {
    const askable = askableIn(ctx);
    deps.meet(askable);
    return askable;
  };
  const clientOf = ({ mcpReq }: ServerContext) =>
    era === "modern" ? (envelopeOf(mcpReq)[CLIENT_INFO_META_KEY] as Implementation | undefined) : server.getClientVersion();
  const visit = async <Result>(job: Job<Result>, ctx: ServerContext, quiet = false): Promise<Result | InputRequiredResult> => {
    const askable = meet(ctx);
    const logLevel = levelOf(ctx);
    if (logLevel !== undefined) await deps.hear(logLevel);
    const visitor = visitorOf(ctx, { askable: quiet ? {} : askable, logLevel, audience, limits: deps.limits });
    try {
      return await errands[era === "modern" ? "park" : "push"](job, visitor, ctx);
    } finally {
      visitor.end();
    }
  };
  server.setRequestHandler("tools/list", async (_request, ctx) => {
    meet(ctx);
    return { tools: [await deps.tool(ctx.http?.req?.url), ...(await deps.passthrough.tools())] };
  });
  server.setRequestHandler("tools/call", async ({ params: { name, arguments: args = {} } }, ctx) => {
    const source = args["code"];
    if (name === EXECUTE_TOOL && typeof source !== "string") return failure(USAGE);
    const { headers } = ctx.http?.req ?? {};
    if (era === "modern" && name !== EXECUTE_TOOL && headers !== undefined) await deps.passthrough.checkHeaders(name, args, headers);
    const project: PassthroughRequest["project"] = (result, outputSchema) => server.projectCallToolResult(result, outputSchema);
    const info = clientOf(ctx);
    const { _meta } = ctx.mcpReq;
    const meta = traceMetaOf(_meta);
    const said = {
      ...(info !== undefined && { client: `${info.name} ${info.version}` }),
      ...(meta !== undefined && { meta: { ...meta } }),
    };
    const work = async (context: CallContext) =>
      name === EXECUTE_TOOL && typeof source === "string"
        ? present(await deps.execute(source, { ...context, ...said }), source, deps.result)
        : deps.passthrough.call(name, args, { ...context, ...said, project, era });
    return visit({ name, args, work, gone: failure }, ctx);
  });
  if (features.logging) {
    server.setRequestHandler("logging/setLevel", async ({ params: { level } }) => {
      await audience.setLevel(level);
      return {};
    });
  }
  serveOffers(server, deps.offers, {
    meet,
    audience,
    async passOn({ name, args = {}, data, work, quiet }, ctx) {
      try {
        return await visit({ name, args, work, gone }, ctx, quiet);
      } catch (error) {
        const missing = era === "modern" && quiet === undefined ? missingCapability(error, askableIn(ctx)) : undefined;
        throw missing ?? asProtocolError(error, data);
      }
    },
  });
  return { server, audience };
}

/** What a request of 2026-07-28 says of its client. */
function envelopeOf(mcpReq: ServerContext["mcpReq"]): Record<string, unknown> {
  return (mcpReq as { envelope?: Record<string, unknown> }).envelope ?? {};
}

function capabilitiesFor({ resources, prompts, completions, logging }: Features): ServerCapabilities {
  return {
    tools: { listChanged: true },
    ...(resources && { resources: { listChanged: true, subscribe: true } }),
    ...(prompts && { prompts: { listChanged: true } }),
    ...(completions && { completions: {} }),
    ...(logging && { logging: {} }),
  };
}

const USAGE = `${EXECUTE_TOOL} takes { "code": string }: the program as one text.`;

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: "text", text }] };
}

function gone(text: string): never {
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, text);
}
