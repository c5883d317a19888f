import type { ServerContext } from "@modelcontextprotocol/server";
import type { Askable } from "../core/questions.ts";
import type { Visitor } from "./errand.ts";
import { ProgressFeed } from "./progress-feed.ts";
import type { ProgressLimits, ProgressPoint } from "./progress-feed.ts";

/** The request as a visitor. `end` has to be called when it has been answered: nothing may be sent after that. */
export function visitorOf({ mcpReq }: ServerContext, askable: Askable, limits: ProgressLimits): Visitor & { readonly end: () => void } {
  const { signal, _meta } = mcpReq;
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return { signal, askable, end: () => undefined };
  const send = (point: ProgressPoint) => {
    // A caller that has gone hears nothing, and its signal says so.
    mcpReq.notify({ method: "notifications/progress", params: { progressToken, ...point } }).catch(() => undefined);
  };
  const feed = new ProgressFeed(send, limits);
  return { signal, askable, progress: (update) => feed.update(update), end: () => feed.end() };
}
