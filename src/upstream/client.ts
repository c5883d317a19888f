import type { CallToolResult } from "@modelcontextprotocol/client";
import type { UpstreamConfig } from "../config/schema.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { Tool, UpstreamListing } from "../core/tool.ts";
import { connect } from "./connect.ts";
import type { ConnectDeps, Connection } from "./connect.ts";
import { isLostSession, isServerAnswer, isTimeout, oneLine, whyUnavailable } from "./failure.ts";
import { readToolList } from "./tool-list.ts";
import type { ToolList } from "./tool-list.ts";

export interface UpstreamDeps extends Omit<ConnectDeps, "onToolsChanged"> {
  readonly limits: Limits;
  /** Called whenever `listing()` has something new to say. */
  readonly onChange: () => void;
  /** Where the whole story of a failure goes. */
  readonly log: (line: string) => void;
}

/**
 * One upstream: a connection that is opened once, kept, and re-opened when it is needed and lost.
 * It never rejects for being unavailable except in `call`; `listing()` tells.
 */
export class UpstreamClient {
  readonly #config: UpstreamConfig;
  readonly #deps: UpstreamDeps;
  #connection: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #status: UpstreamListing["status"] = "connecting";
  #why: string | undefined;
  #instructions: string | undefined;
  #list: ToolList = { tools: [], skipped: [] };
  #failedAt = 0;

  constructor(config: UpstreamConfig, deps: UpstreamDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  listing(): UpstreamListing {
    return {
      key: this.#config.key,
      status: this.#status,
      ...(this.#why !== undefined && { why: this.#why }),
      ...(this.#instructions !== undefined && { instructions: this.#instructions }),
      ...this.#list,
    };
  }

  /** Opens the connection if there is none, and reads the tools. Never rejects. */
  async open(): Promise<void> {
    await this.#connected().catch(() => undefined);
  }

  /** Opens the connection again if it could not be opened `retryMs` ago or earlier. Never rejects. */
  async retry(): Promise<void> {
    if (this.#status === "unavailable" && Date.now() - this.#failedAt >= this.#deps.limits.retryMs) await this.open();
  }

  /**
   * Calls a tool. Rejects with CodemodeError: `upstream` if it cannot be reached, `limit` after `callMs`, `tool_failed` if it answered with a
   * JSON-RPC error, `cancelled` when `signal` fired. A call is sent a second time only if the server has said that it does not know our session.
   */
  async call(tool: Tool, args: Record<string, unknown>, signal: AbortSignal): Promise<CallToolResult> {
    const connection = await this.#connected();
    try {
      return await this.#send(connection, tool, args, signal);
    } catch (error) {
      if (!isLostSession(error) || signal.aborted) throw this.#failure(error, tool, signal, connection);
    }
    this.#drop(connection);
    const fresh = await this.#connected();
    return this.#send(fresh, tool, args, signal).catch((error: unknown) => {
      throw this.#failure(error, tool, signal, fresh);
    });
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.client.close();
  }

  #send(
    { client }: Connection,
    { outputSchema: _, ...tool }: Tool,
    args: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    // Without the outputSchema: a result that does not match its own schema is still the tool's result, and the program may read it.
    const toolDefinition = {
      ...tool,
      inputSchema: { type: "object" as const, ...(typeof tool.inputSchema === "object" && tool.inputSchema) },
    };
    return client.callTool(
      { name: tool.name, arguments: args },
      { signal, timeout: this.#deps.limits.callMs, resetTimeoutOnProgress: false, toolDefinition },
    );
  }

  #connected(): Promise<Connection> {
    if (this.#connection !== undefined) return Promise.resolve(this.#connection);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<Connection> {
    const { limits, log } = this.#deps;
    let connection: Connection | undefined;
    try {
      connection = await connect(this.#config, { ...this.#deps, onToolsChanged: () => void this.#refresh() }, limits.listMs);
      this.#list = await readToolList(connection.client, limits.listMs);
    } catch (error) {
      await connection?.client.close().catch(() => undefined);
      this.#failedAt = Date.now();
      const why = whyUnavailable(error, limits.listMs);
      this.#report("unavailable", connection?.redact(why) ?? why);
      log(`upstream ${this.#config.key} is unavailable: ${this.#why}`);
      throw new CodemodeError("upstream", `${this.#config.key} is unavailable: ${this.#why}`, { cause: error });
    }
    const opened = connection;
    opened.client.onclose = () => this.#drop(opened);
    this.#connection = opened;
    this.#instructions = opened.client.getInstructions();
    this.#report("ready");
    return opened;
  }

  /** The tools stay known: the next call opens the connection again, and only a failure of that changes what the caller sees. */
  #drop(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    const reason = connection.closeReason();
    this.#deps.log(`upstream ${this.#config.key}: the connection is closed${reason === "" ? "" : ` (${oneLine(reason)})`}`);
  }

  async #refresh(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    try {
      this.#list = await readToolList(connection.client, this.#deps.limits.listMs);
      this.#report("ready");
    } catch (error) {
      this.#deps.log(
        `upstream ${this.#config.key}: its changed tools cannot be read: ${connection.redact(whyUnavailable(error, this.#deps.limits.listMs))}`,
      );
    }
  }

  #report(status: UpstreamListing["status"], why?: string): void {
    this.#status = status;
    this.#why = why;
    this.#deps.onChange();
  }

  #failure(error: unknown, tool: Tool, signal: AbortSignal, connection: Connection): CodemodeError {
    const { callMs } = this.#deps.limits;
    if (signal.aborted) return new CodemodeError("cancelled", "the call was cancelled", { cause: error });
    if (isTimeout(error)) {
      const remedy = "Ask for less at once, or raise limits.callMs in the configuration.";
      return new CodemodeError("limit", `no answer within callMs = ${callMs} ms; it may still have happened`, { cause: error, remedy });
    }
    if (isServerAnswer(error)) return new CodemodeError("tool_failed", connection.redact(oneLine(error.message)), { cause: error });
    const reason = connection.closeReason();
    const why = reason === "" ? whyUnavailable(error, callMs) : oneLine(reason);
    this.#deps.log(`upstream ${this.#config.key}: ${tool.name} failed: ${connection.redact(why)}`);
    const message = `the connection to ${this.#config.key} was lost during the call (${connection.redact(why)}); it may or may not have happened`;
    return new CodemodeError("upstream", message, { cause: error });
  }
}
