import type { InputRequiredResult, Server, ServerContext } from "@modelcontextprotocol/server";
import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Features } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext } from "../core/relay.ts";
import type { Audience } from "./audience.ts";
import { complete } from "./completions.ts";
import type { CompletionDeps } from "./completions.ts";
import { asProtocolError } from "./protocol-error.ts";

export interface Offers extends CompletionDeps {
  readonly features: Features;
  readonly limits: Pick<Limits, "callResultBytes">;
}

/** One request that is passed on: `work` is its errand. */
interface PassedOn<Result> {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** What the caller is told besides the message if its parameters are to blame. */
  readonly data?: object;
  /** There is no way to ask the user for this method. */
  readonly quiet?: true;
  readonly work: (context: CallContext) => Promise<Result>;
}

export interface OfferHooks {
  /** Called with each request, before anything else is done for it. */
  readonly meet: (ctx: ServerContext) => void;
  readonly audience: Pick<Audience, "subscribe" | "unsubscribe">;
  /** Does what a request asks for, and rejects with what the caller is to be told. */
  readonly passOn: <Result>(request: PassedOn<Result>, ctx: ServerContext) => Promise<Result | InputRequiredResult>;
}

/** Answers what a caller asks about resources, prompts and completions, as far as they are switched on. Their items have been checked one by one. */
export function serveOffers(server: Server, offers: Offers, { meet, audience, passOn }: OfferHooks): void {
  const { features, resources, prompts, limits } = offers;
  const bounded = <Result>(name: string, result: Result): Result => {
    const { callResultBytes } = limits;
    if (!exceedsBytes(JSON.stringify(result), callResultBytes)) return result;
    throw new CodemodeError("limit", `${name.slice(0, 200)} is larger than callResultBytes = ${callResultBytes} bytes`, {
      remedy: "Raise limits.callResultBytes in the configuration.",
    });
  };
  if (features.resources) {
    server.setRequestHandler("resources/list", async (_request, ctx) => {
      meet(ctx);
      return { resources: await resources.list() } as never;
    });
    server.setRequestHandler("resources/templates/list", async (_request, ctx) => {
      meet(ctx);
      return { resourceTemplates: await resources.templates() } as never;
    });
    server.setRequestHandler("resources/read", async ({ params: { uri } }, ctx) => {
      const work = async (context: CallContext) => bounded(uri, await resources.read(uri, context));
      return (await passOn({ name: uri, data: { uri }, work }, ctx)) as never;
    });
    server.setRequestHandler("resources/subscribe", async ({ params: { uri } }, ctx) => {
      meet(ctx);
      await audience.subscribe(uri).catch((error: unknown) => {
        throw asProtocolError(error, { uri });
      });
      return {};
    });
    server.setRequestHandler("resources/unsubscribe", ({ params: { uri } }) => {
      audience.unsubscribe(uri);
      return {};
    });
  }
  if (features.prompts) {
    server.setRequestHandler("prompts/list", async (_request, ctx) => {
      meet(ctx);
      return { prompts: await prompts.list() } as never;
    });
    server.setRequestHandler("prompts/get", async ({ params: { name, arguments: args } }, ctx) => {
      const work = async (context: CallContext) => bounded(name, await prompts.get(name, args, context));
      return (await passOn({ name, ...(args !== undefined && { args }), work }, ctx)) as never;
    });
  }
  if (features.completions) {
    server.setRequestHandler("completion/complete", async ({ params }, ctx) => {
      const work = (context: CallContext) => complete(params, offers, context);
      return (await passOn({ name: params.argument.name, work, quiet: true }, ctx)) as never;
    });
  }
}
