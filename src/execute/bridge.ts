import { byteLength, exceedsBytes } from "../core/bytes.ts";
import { CodemodeError } from "../core/errors.ts";
import type { SandboxBridge } from "../sandbox/executor.ts";
import { errorOf, failed, succeeded } from "./answers.ts";
import type { BlockCollector } from "./blocks.ts";
import type { ConsoleCollector } from "./console.ts";
import { discover } from "./discovery.ts";
import type { DiscoveryRequest } from "./discovery.ts";
import type { KeptResults } from "./kept-results.ts";
import { LiveCatalog } from "./live-catalog.ts";
import type { LiveCatalogDeps } from "./live-catalog.ts";
import { OfferCalls } from "./offer-calls.ts";
import type { OfferCallsDeps } from "./offer-calls.ts";
import { isOfferOp } from "./offer-requests.ts";
import type { OfferRequest } from "./offer-requests.ts";
import { Outgoing } from "./outgoing.ts";
import type { OutgoingDeps } from "./outgoing.ts";
import { ToolCalls } from "./tool-calls.ts";
import type { ToolCallsDeps } from "./tool-calls.ts";
import { valueOfResult } from "./tool-result.ts";

export interface BridgeDeps extends OutgoingDeps, Omit<ToolCallsDeps, "limits">, Omit<OfferCallsDeps, "limits">, LiveCatalogDeps {
  /** Resolves when the program may begin. */
  readonly allowed: Promise<void>;
  readonly console: ConsoleCollector;
  readonly blocks: BlockCollector;
  readonly results: KeptResults;
}

/** One request of the harness. `name` is `namespace.identifier`. */
type BridgeRequest =
  | { op: "call"; namespace: string; tool: string; args: Record<string, unknown> }
  | { op: "raw"; name: string; args: Record<string, unknown> }
  | DiscoveryRequest
  | OfferRequest
  | { op: "result"; id: unknown };

/** The way out of a sandbox: checks, forwards and records. Everything that it is told is hostile. */
export class Bridge implements SandboxBridge {
  readonly #deps: BridgeDeps;
  readonly #live: LiveCatalog;
  readonly #calls: ToolCalls;
  readonly #offers: OfferCalls;
  /** Size of the requests that have no answer yet. */
  #inFlightBytes = 0;

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
    this.#live = new LiveCatalog(deps);
    const outgoing = new Outgoing(deps);
    this.#calls = new ToolCalls(deps, this.#live, outgoing);
    this.#offers = new OfferCalls(deps, this.#live, outgoing);
  }

  begin(): Promise<void> {
    return this.#deps.allowed;
  }

  /** `{ "value": ... }`, or `{ "error": { code, message, namespace, tool, content? } }`, as JSON text; of a kept result `=` and its JSON. Never rejects. */
  async request(text: string): Promise<string> {
    let bytes = 0;
    try {
      const request = this.#read(text);
      bytes = this.#admit(text);
      return await this.#answer(request);
    } catch (error) {
      return failed({ ...errorOf(error), namespace: "codemode", tool: "" });
    } finally {
      this.#inFlightBytes -= bytes;
    }
  }

  async log(level: string, text: string): Promise<void> {
    if (this.#deps.console.add(level, text)) this.#deps.reports.printed(text);
  }

  async emit(head: string, body: string): Promise<void> {
    this.#deps.blocks.emit(head, body);
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

  /** The harness holds back what would be too much, so that only one that the program has got hold of is told. */
  #admit(text: string): number {
    const { inFlightBytes } = this.#deps.limits;
    const bytes = byteLength(text);
    if (this.#inFlightBytes + bytes > inFlightBytes) {
      throw new CodemodeError("limit", `the arguments of the calls under way are larger than inFlightBytes = ${inFlightBytes} bytes`, {
        remedy: "Send less at once, or raise limits.inFlightBytes in the configuration.",
      });
    }
    this.#inFlightBytes += bytes;
    return bytes;
  }

  async #answer(request: BridgeRequest): Promise<string> {
    switch (request.op) {
      case "call":
        return this.#calls.call(request.namespace, request.tool, request.args, valueOfResult);
      case "raw": {
        const [namespace = "", ...rest] = request.name.split(".");
        return this.#calls.call(namespace, rest.join("."), request.args);
      }
      case "search":
      case "describe":
      case "namespaces":
        return this.#discovered(await discover(request, this.#live));
      case "resources.list":
      case "resources.templates":
      case "resources.read":
      case "prompts.list":
      case "prompts.get":
        return this.#offers.call(request);
      case "result":
        // A sandbox wrote it: as a part of our answer it could pretend to be another.
        return `=${this.#deps.results.read(request.id)}`;
    }
  }

  #discovered(found: unknown): string {
    const text = JSON.stringify(found);
    const { callResultBytes } = this.#deps.limits;
    if (!exceedsBytes(text, callResultBytes)) return succeeded(text);
    throw new CodemodeError("limit", `the answer is larger than callResultBytes = ${callResultBytes} bytes`, {
      remedy: "Ask for fewer tools, or for one.",
    });
  }
}

function isRequest(value: unknown): value is BridgeRequest {
  if (typeof value !== "object" || value === null || !("op" in value)) return false;
  const { op, namespace, tool, name, args } = value as Record<string, unknown>;
  const isArguments = typeof args === "object" && args !== null && !Array.isArray(args);
  if (op === "call") return typeof namespace === "string" && typeof tool === "string" && isArguments;
  if (op === "raw") return typeof name === "string" && isArguments;
  return op === "search" || op === "describe" || op === "namespaces" || op === "result" || isOfferOp(op);
}
