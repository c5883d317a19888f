import type { ServerContext } from "@modelcontextprotocol/server";
import { isWanted } from "../core/log-message.ts";
import type { LogLevel, LogMessage } from "../core/log-message.ts";
import type { Askable } from "../core/questions.ts";
import type { Audience } from "./audience.ts";
import type { Visitor } from "./errand.ts";
import { ProgressFeed } from "./progress-feed.ts";
import type { ProgressLimits, ProgressPoint } from "./progress-feed.ts";

export interface VisitorDeps {
  readonly askable: Askable;
  readonly logLevel: LogLevel | undefined;
  readonly audience: Pick<Audience, "logOnce">;
  readonly limits: ProgressLimits;
}

/** The request as a visitor. `end` has to be called when it has been answered: nothing may be sent after that. */
export function visitorOf({ mcpReq }: ServerContext, deps: VisitorDeps): Visitor & { readonly end: () => void } {
  const { askable, logLevel, audience, limits } = deps;
  const { signal, _meta } = mcpReq;
  // A caller that has gone hears nothing, and its signal says so.
  const notify = (method: "notifications/message" | "notifications/progress", params: object) =>
    void mcpReq.notify({ method, params: { ...params } }).catch(() => undefined);
  const log = (message: LogMessage) => {
    if (isWanted(message, logLevel)) audience.logOnce(message, () => notify("notifications/message", message));
  };
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return { signal, askable, logLevel, log, end: () => undefined };
  const feed = new ProgressFeed((point: ProgressPoint) => notify("notifications/progress", { progressToken, ...point }), limits);
  return { signal, askable, logLevel, log, progress: (update) => feed.update(update), end: () => feed.end() };
}
