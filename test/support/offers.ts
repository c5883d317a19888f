import type { Server as ModernServer, ServerContext } from "@modelcontextprotocol/server";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import type { Call } from "./upstreams.ts";

/** What a scripted upstream offers besides tools. Items and results are raw on purpose. */
export interface OffersScript {
  /** Pages, which may be changed while it runs. */
  resources: unknown[][];
  templates: unknown[][];
  prompts: unknown[][];
  read(call: Call): unknown;
  get(call: Call): unknown;
  complete(params: Record<string, unknown>): unknown;
}

/** What a client has asked for besides. */
export interface OffersSeen {
  readonly levels: string[];
  readonly subscribed: Set<string>;
}

export const OFFER_CAPABILITIES = {
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: true },
  completions: {},
  logging: {},
};

export type LegacyExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export function page(member: string, pages: readonly unknown[][], params: unknown): never {
  const at = Number((params as { cursor?: string } | undefined)?.cursor ?? 0);
  return { [member]: pages[at] ?? [], ...(at + 1 < pages.length && { nextCursor: String(at + 1) }) } as never;
}

export function offerLegacy(
  server: Server,
  offers: OffersScript,
  seen: OffersSeen,
  callOf: (name: string, args: object | undefined, extra: LegacyExtra) => Call,
): void {
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => page("resources", offers.resources, params));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) => page("resourceTemplates", offers.templates, params));
  server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => page("prompts", offers.prompts, params));
  server.setRequestHandler(
    ReadResourceRequestSchema,
    async ({ params: { uri } }, extra) => (await offers.read(callOf(uri, {}, extra))) as never,
  );
  server.setRequestHandler(
    GetPromptRequestSchema,
    async ({ params: { name, arguments: args } }, extra) => (await offers.get(callOf(name, args, extra))) as never,
  );
  server.setRequestHandler(CompleteRequestSchema, async ({ params }) => (await offers.complete(params)) as never);
  server.setRequestHandler(SetLevelRequestSchema, ({ params: { level } }) => {
    seen.levels.push(level);
    return {};
  });
  server.setRequestHandler(SubscribeRequestSchema, ({ params: { uri } }) => {
    seen.subscribed.add(uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    seen.subscribed.delete(uri);
    return {};
  });
}

export function offerModern(
  server: ModernServer,
  offers: OffersScript,
  callOf: (name: string, args: object | undefined, ctx: ServerContext) => Call,
): void {
  server.setRequestHandler("resources/list", async ({ params }) => page("resources", offers.resources, params));
  server.setRequestHandler("resources/templates/list", async ({ params }) => page("resourceTemplates", offers.templates, params));
  server.setRequestHandler("prompts/list", async ({ params }) => page("prompts", offers.prompts, params));
  server.setRequestHandler("resources/read", async ({ params: { uri } }, ctx) => (await offers.read(callOf(uri, {}, ctx))) as never);
  server.setRequestHandler(
    "prompts/get",
    async ({ params: { name, arguments: args } }, ctx) => (await offers.get(callOf(name, args, ctx))) as never,
  );
  server.setRequestHandler("completion/complete", async ({ params }) => (await offers.complete(params)) as never);
}
