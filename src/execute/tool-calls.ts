import type { CallToolResult } from "@modelcontextprotocol/client";
import type { CatalogTool } from "../catalog/catalog.ts";
import { unknownTool } from "../catalog/unknown.ts";
import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError } from "../core/errors.ts";
import type { CallRecord } from "../core/execution.ts";
import { FairQueue } from "../core/fair-queue.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext, Relay } from "../core/relay.ts";
import type { Tool } from "../core/tool.ts";
import type { Trace, TraceMeta } from "../core/trace.ts";
import { errorOf, failed, succeeded } from "./answers.ts";
import type { BridgeError } from "./answers.ts";
import type { Approve } from "./approval.ts";
import { argumentError } from "./argument-error.ts";
import type { BegunCall, Ledger } from "./ledger.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import type { Reports } from "./reports.ts";
import type { ResultShapes } from "./result-shapes.ts";
import { failureText } from "./tool-result.ts";

/** Forwards one call to an upstream; rejects with CodemodeError. */
export type CallUpstream = (key: string, tool: Tool, args: Record<string, unknown>, context: CallContext) => Promise<CallToolResult>;

export interface ToolCallsDeps {
  readonly callUpstream: CallUpstream;
  /** Resolves when the user of this upstream has signed in there; rejects with CodemodeError(`sign_in`), which says where. */
  readonly signIn: (key: string, context: CallContext) => Promise<void>;
  readonly approve: Approve;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly shapes: ResultShapes;
  readonly reports: Reports;
  readonly trace: Trace;
  readonly relayOf: (name: string) => Relay;
  /** Fires when the execution ends, however it ends: no call outlives it. */
  readonly signal: AbortSignal;
}

/** The calls of one execution to upstream tools: found in the catalog, counted, forwarded a few at a time, recorded. */
export class ToolCalls {
  readonly #deps: ToolCallsDeps;
  readonly #live: LiveCatalog;
  /** One owner: calls beyond `callsInFlight` wait in their order. */
  readonly #lanes: FairQueue;
  #calls = 0;

  constructor(deps: ToolCallsDeps, live: LiveCatalog) {
    this.#deps = deps;
    this.#live = live;
    this.#lanes = new FairQueue(deps.limits.callsInFlight, deps.limits.calls);
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
    const { calls } = this.#deps.limits;
    this.#calls += 1;
    if (this.#calls > calls) {
      const message = `${name}: the program has made calls = ${calls} calls, and may make no more. Do less in one program, or raise limits.calls in the configuration.`;
      return fail({ code: "limit", message });
    }
    const begun = this.#deps.ledger.begin(name);
    const span = this.#deps.trace.begin(name);
    const end = (outcome: CallRecord["outcome"]) => {
      begun.end(outcome);
      span.end(outcome !== "ok", { "codemode.outcome": outcome, "gen_ai.tool.name": found.tool.name });
      this.#deps.reports.callEnded(name, outcome);
    };
    let result: CallToolResult;
    try {
      result = await this.#forward(found, name, args, begun, span.meta);
    } catch (error) {
      end(this.#deps.signal.aborted ? "cancelled" : "failed");
      const { code, message } = errorOf(error);
      return fail({ code, message: `${name}: ${message}` });
    }
    end(result.isError === true ? "failed" : "ok");
    if (interpret !== undefined && result.isError === true) {
      const { content, structuredContent } = result;
      return fail({ code: "tool_failed", message: `${name}: ${failureText(result)}`, content, structuredContent });
    }
    const value = interpret === undefined ? result : interpret(result);
    this.#deps.shapes.remember(name, value);
    if (interpret !== undefined) this.#live.learn(found, value);
    const valueJson = JSON.stringify(value);
    const { callResultBytes } = this.#deps.limits;
    if (!exceedsBytes(valueJson, callResultBytes)) return succeeded(valueJson);
    return fail({
      code: "limit",
      message: `${name}: the result is larger than callResultBytes = ${callResultBytes} bytes. Ask for less at once, or raise limits.callResultBytes in the configuration.`,
    });
  }

  async #forward(
    { upstream, tool }: CatalogTool,
    name: string,
    args: Record<string, unknown>,
    { asked }: BegunCall,
    meta: TraceMeta | undefined,
  ): Promise<CallToolResult> {
    const { signal, callUpstream, approve, relayOf } = this.#deps;
    const context = { signal, relay: relayOf(name), ...(meta !== undefined && { meta: { ...meta } }) };
    // Before it takes a place: a call that waits for a person keeps no other from being sent.
    await approve({ key: upstream, tool, name, args, noted: asked }, context);
    const lane = await this.#lanes.take("", signal);
    if (typeof lane === "string") throw new CodemodeError("cancelled", "the call was cancelled before it was sent");
    try {
      return await callUpstream(upstream, tool, args, context);
    } finally {
      lane();
    }
  }
}
