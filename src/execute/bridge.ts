import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Catalog, CatalogTool } from "../catalog/catalog.ts";
import { describe, unknownTool } from "../catalog/describe.ts";
import { search } from "../catalog/search.ts";
import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { FairQueue } from "../core/fair-queue.ts";
import type { Limits } from "../core/limits.ts";
import type { Tool } from "../core/tool.ts";
import type { SandboxBridge } from "../sandbox/executor.ts";
import type { ConsoleCollector } from "./console.ts";
import type { Ledger } from "./ledger.ts";
import { failureText, valueOfResult } from "./tool-result.ts";

/** Forwards one call to an upstream; rejects with CodemodeError. */
export type CallUpstream = (key: string, tool: Tool, args: Record<string, unknown>, signal: AbortSignal) => Promise<CallToolResult>;

export interface BridgeDeps {
  /** Asked anew for each request, so that a program sees an upstream's new tools at once. */
  readonly catalog: () => Catalog;
  readonly callUpstream: CallUpstream;
  /** Reads an upstream's tools again, connecting it if need be. Never rejects. */
  readonly rereadUpstream: (key: string) => Promise<void>;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly console: ConsoleCollector;
  /** Fires when the execution ends, however it ends: no call outlives it. */
  readonly signal: AbortSignal;
}

/** One request of the harness. `name` is `namespace.identifier`. */
type BridgeRequest =
  | { op: "call"; namespace: string; tool: string; args: Record<string, unknown> }
  | { op: "raw"; name: string; args: Record<string, unknown> }
  | { op: "search"; query: unknown; options: unknown }
  | { op: "describe"; name: unknown };

interface BridgeError {
  readonly code: string;
  readonly message: string;
  readonly namespace: string;
  readonly tool: string;
  readonly content?: unknown;
  readonly structuredContent?: unknown;
}

/** The way out of a sandbox: checks, forwards and records. Everything that it is told is hostile. */
export class Bridge implements SandboxBridge {
  readonly #deps: BridgeDeps;
  readonly #reread = new Set<string>();
  /** One owner: calls beyond `callsInFlight` wait in their order. */
  readonly #lanes: FairQueue;
  #calls = 0;

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
    this.#lanes = new FairQueue(deps.limits.callsInFlight, deps.limits.calls);
  }

  /** `{ "value": ... }`, or `{ "error": { code, message, namespace, tool, content? } }`, as JSON text. Never rejects. */
  async request(text: string): Promise<string> {
    try {
      return await this.#answer(this.#read(text));
    } catch (error) {
      return failed({ ...errorOf(error), namespace: "codemode", tool: "" });
    }
  }

  async log(level: string, text: string): Promise<void> {
    this.#deps.console.add(level, text);
  }

  #read(text: unknown): BridgeRequest {
    const { argumentBytes } = this.#deps.limits;
    if (typeof text !== "string") throw new CodemodeError("tool_arguments", "a request to the bridge is a text");
    if (exceedsBytes(text, argumentBytes)) {
      throw new CodemodeError("limit", `the arguments are larger than argumentBytes = ${argumentBytes} bytes`, {
        remedy: "Send less in one call, or raise limits.argumentBytes in the configuration.",
      });
    }
    const request: unknown = JSON.parse(text);
    if (!isRequest(request)) throw new CodemodeError("tool_arguments", "not a request that the bridge knows");
    return request;
  }

  async #answer(request: BridgeRequest): Promise<string> {
    const catalog = this.#deps.catalog();
    switch (request.op) {
      case "call":
        return this.#call(request.namespace, request.tool, request.args, valueOfResult);
      case "raw": {
        const [namespace = "", ...rest] = request.name.split(".");
        return this.#call(namespace, rest.join("."), request.args);
      }
      case "search":
        return succeeded(JSON.stringify(search(catalog, textOf(request.query), searchOptions(request.options))));
      case "describe":
        return succeeded(JSON.stringify(describe(catalog, textOf(request.name))));
    }
  }

  /** Without `interpret` the result goes to the program as it is, `isError` included. */
  async #call(
    namespace: string,
    identifier: string,
    args: Record<string, unknown>,
    interpret?: (result: CallToolResult) => unknown,
  ): Promise<string> {
    const name = `${namespace}.${identifier}`;
    const fail = (error: Omit<BridgeError, "namespace" | "tool">) => failed({ ...error, namespace, tool: identifier });
    const found = await this.#find(namespace, identifier);
    if (found === undefined) return fail(errorOf(unknownTool(this.#deps.catalog(), namespace, identifier)));
    const { calls } = this.#deps.limits;
    this.#calls += 1;
    if (this.#calls > calls) {
      const message = `${name}: the program has made calls = ${calls} calls, and may make no more. Do less in one program, or raise limits.calls in the configuration.`;
      return fail({ code: "limit", message });
    }
    const end = this.#deps.ledger.begin(name);
    let result: CallToolResult;
    try {
      result = await this.#forward(found, args);
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
    const value = JSON.stringify(interpret === undefined ? result : interpret(result));
    const { callResultBytes } = this.#deps.limits;
    if (!exceedsBytes(value, callResultBytes)) return succeeded(value);
    return fail({
      code: "limit",
      message: `${name}: the result is larger than callResultBytes = ${callResultBytes}; ask for less at once`,
    });
  }

  /** An unknown tool is worth another look at its upstream, which may have been away, or changed without a word: one look per execution. */
  async #find(namespace: string, identifier: string): Promise<CatalogTool | undefined> {
    const found = this.#deps.catalog().find(namespace, identifier);
    if (found !== undefined) return found;
    const owner = this.#deps.catalog().namespaces.find(({ name }) => name === namespace);
    if (owner === undefined || this.#reread.has(namespace)) return undefined;
    this.#reread.add(namespace);
    await this.#deps.rereadUpstream(owner.upstream);
    return this.#deps.catalog().find(namespace, identifier);
  }

  async #forward({ upstream, tool }: CatalogTool, args: Record<string, unknown>): Promise<CallToolResult> {
    const { signal, callUpstream } = this.#deps;
    const lane = await this.#lanes.take("", signal);
    if (typeof lane === "string") throw new CodemodeError("cancelled", "the call was cancelled before it was sent");
    try {
      return await callUpstream(upstream, tool, args, signal);
    } finally {
      lane();
    }
  }
}

/** `valueJson` is JSON text already: large results are serialised once. */
function succeeded(valueJson: string): string {
  return `{"value":${valueJson}}`;
}

function failed(error: BridgeError): string {
  return JSON.stringify({ error });
}

function isRequest(value: unknown): value is BridgeRequest {
  if (typeof value !== "object" || value === null || !("op" in value)) return false;
  const { op, namespace, tool, name, args } = value as Record<string, unknown>;
  const isArguments = typeof args === "object" && args !== null && !Array.isArray(args);
  if (op === "call") return typeof namespace === "string" && typeof tool === "string" && isArguments;
  if (op === "raw") return typeof name === "string" && isArguments;
  return op === "search" || op === "describe";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function searchOptions(options: unknown): { namespace?: string; limit?: number } {
  if (typeof options !== "object" || options === null) return {};
  const { namespace, limit } = options as Record<string, unknown>;
  return { ...(typeof namespace === "string" && { namespace }), ...(typeof limit === "number" && { limit }) };
}

function errorOf(error: unknown): { code: string; message: string } {
  return error instanceof CodemodeError ? { code: error.code, message: withRemedy(error) } : { code: "fault", message: messageOf(error) };
}

function withRemedy({ message, remedy }: CodemodeError): string {
  return remedy === undefined ? message : `${message.replace(/\.$/, "")}. ${remedy}`;
}
