import type { CallToolResult } from "@modelcontextprotocol/client";
import type { CatalogTool } from "../catalog/catalog.ts";
import { unknownTool } from "../catalog/unknown.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext } from "../core/relay.ts";
import type { Tool } from "../core/tool.ts";
import { errorOf, failed, resultJson, succeeded } from "./answers.ts";
import type { BridgeError } from "./answers.ts";
import type { Approve } from "./approval.ts";
import { argumentError } from "./argument-error.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import type { Outgoing, OutgoingDeps } from "./outgoing.ts";
import type { ResultShapes } from "./result-shapes.ts";
import { failureText } from "./tool-result.ts";

/** Forwards one call to an upstream; rejects with CodemodeError. */
export type CallUpstream = (key: string, tool: Tool, args: Record<string, unknown>, context: CallContext) => Promise<CallToolResult>;

export interface ToolCallsDeps extends Pick<OutgoingDeps, "relayOf" | "signal"> {
  readonly callUpstream: CallUpstream;
  /** Resolves when the user of this upstream has signed in there; rejects with CodemodeError(`sign_in`), which says where. */
  readonly signIn: (key: string, context: CallContext) => Promise<void>;
  readonly approve: Approve;
  readonly limits: Pick<Limits, "callResultBytes">;
  readonly shapes: ResultShapes;
}

/** The calls of one execution to upstream tools: found in the catalog, allowed, forwarded. */
export class ToolCalls {
  readonly #deps: ToolCallsDeps;
  readonly #live: LiveCatalog;
  readonly #outgoing: Outgoing;

  constructor(deps: ToolCallsDeps, live: LiveCatalog, outgoing: Outgoing) {
    this.#deps = deps;
    this.#live = live;
    this.#outgoing = outgoing;
  }

  /** The answer to the harness as JSON text. Without `interpret` the result goes to the program as it is, `isError` included. */
  async call(
    namespace: string,
    identifier: string,
    args: Record<string, unknown>,
    interpret?: (result: CallToolResult) => unknown,
  ): Promise<string> {
    const name = `${namespace}.${identifier}`;
    const fail = (error: Omit<BridgeError, "namespace" | "tool">) => failed({ ...error, namespace, tool: identifier });
    let found = await this.#live.find(namespace, identifier);
    const owner = found === undefined ? this.#live.now().namespace(namespace) : undefined;
    if (owner?.status === "sign_in") {
      const { signal, signIn, relayOf } = this.#deps;
      try {
        await signIn(owner.upstream, { signal, relay: relayOf(name) });
      } catch (error) {
        return fail(errorOf(error));
      }
      found = this.#live.now().find(namespace, identifier);
    }
    if (found === undefined) return fail(errorOf(unknownTool(this.#live.now(), namespace, identifier)));
    const wrong = argumentError(found, args);
    if (wrong !== undefined) return fail({ code: wrong.code, message: `${name}: ${wrong.message}` });
    try {
      const result = await this.#send(found, name, args);
      if (interpret !== undefined && result.isError === true) {
        const { content, structuredContent } = result;
        return fail({ code: "tool_failed", message: `${name}: ${failureText(result)}`, content, structuredContent });
      }
      const value = interpret === undefined ? result : interpret(result);
      this.#deps.shapes.remember(name, value);
      if (interpret !== undefined) this.#live.learn(found, value);
      return succeeded(resultJson(value, this.#deps.limits.callResultBytes));
    } catch (error) {
      const { code, message } = errorOf(error);
      return fail({ code, message: `${name}: ${message}` });
    }
  }

  async #send({ upstream, tool }: CatalogTool, name: string, args: Record<string, unknown>): Promise<CallToolResult> {
    const { approve, callUpstream } = this.#deps;
    const call = this.#outgoing.begin(name);
    const attributes = { "gen_ai.tool.name": tool.name };
    try {
      // Before it takes a place: a call that waits for a person keeps no other from being sent.
      await approve({ key: upstream, tool, name, args, noted: call.asked }, call.context);
      const result = await call.inTurn(() => callUpstream(upstream, tool, args, call.context));
      call.end(result.isError === true ? "failed" : "ok", attributes);
      return result;
    } catch (error) {
      call.end(this.#outgoing.failure, attributes);
      throw error;
    }
  }
}
