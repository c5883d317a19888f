import type { CallToolResult, ServerCapabilities } from "@modelcontextprotocol/client";
import type { UpstreamConfig } from "../config/schema.ts";
import { CodemodeError } from "../core/errors.ts";
import type { FeatureRequest } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import type { Decide } from "../core/policy.ts";
import type { News } from "../core/news.ts";
import type { Askable } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";
import type { Tool, UpstreamListing } from "../core/tool.ts";
import { callFailure } from "./call-failure.ts";
import { connect } from "./connect.ts";
import type { ConnectDeps, Connection, List, Way } from "./connect.ts";
import { Exchange } from "./exchange.ts";
import { oneLine, whyUnavailable } from "./failure.ts";
import { Hearing } from "./hearing.ts";
import { HeldTools } from "./held-tools.ts";
import { OfferedItems } from "./offered-items.ts";
import { sendFeatureRequest } from "./send.ts";
import { SignIn } from "./sign-in.ts";
import type { SignInDeps } from "./sign-in.ts";
import { Standing } from "./standing.ts";
import { sendToolCall } from "./tool-call.ts";
import { readToolList } from "./tool-list.ts";
import { isSignInNeeded, SignInNeeded } from "./upstream-auth.ts";

export interface UpstreamDeps extends Omit<ConnectDeps, "onListChanged" | "hearing" | "offer" | "known"> {
  readonly limits: Limits;
  /** A link under which the person behind this caller connects an upstream. */
  readonly link: SignInDeps["link"];
  /** A denied tool is not listed, and not called either, whoever asks for it. */
  readonly decide: Decide;
  /** Called whenever `listing()` has something new to say. */
  readonly onChange: () => void;
  readonly onNews: (news: News) => void;
  /** Where the whole story of a failure goes. */
  readonly log: (line: string) => void;
}

/** How often the tools are read until the connection is there: a server that says each time that they have changed would keep everybody waiting. */
const MAX_READS = 3;

const LISTS: readonly List[] = ["tools", "resources", "prompts"];

/**
 * One upstream: a connection that is opened once, kept, and re-opened when it is needed and lost.
 * It never rejects for being unavailable except in `call`; `listing()` tells.
 */
export class UpstreamClient {
  readonly standing: Standing;
  readonly offered: OfferedItems;
  readonly #config: UpstreamConfig;
  readonly #deps: UpstreamDeps;
  #offer: Askable = {};
  readonly #signIn: SignIn;
  #connection: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #known: Way | undefined;
  #status: UpstreamListing["status"] = "connecting";
  #why: string | undefined;
  #instructions: string | undefined;
  #capabilities: ServerCapabilities | undefined;
  readonly #held: HeldTools;
  readonly #exchange: Exchange;
  readonly #hearing: Hearing;
  #failedAt = 0;
  /** How often the list was asked for: an answer that was overtaken by a later question is old. */
  #asked = 0;

  constructor(config: UpstreamConfig, deps: UpstreamDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#signIn = new SignIn(config.key, deps);
    const { key, namespace } = config;
    const { limits, log } = deps;
    const connected = () => this.#connected();
    const drop = (connection: Connection) => this.#drop(connection);
    this.#exchange = new Exchange({
      callMs: limits.callMs,
      connected,
      drop,
      failure: (...failed) => this.#failure(...failed),
      signIn: (why, context) => this.#signIn.ask(why, context),
    });
    this.offered = new OfferedItems({ key, limits, isReady: () => this.#status === "ready", connected, exchange: this.#exchange, log });
    this.#hearing = new Hearing(namespace, limits, deps.onNews);
    const onListsMissed = () => LISTS.forEach((list) => this.#listChanged(list));
    this.standing = new Standing({ key, limits, connected, drop, onMissed: (uri) => this.#hearing.updated(uri), onListsMissed, log });
    this.#held = new HeldTools((tool) => deps.decide(config.key, tool) !== "deny", deps.limits.listTtlMs);
  }

  listing(): UpstreamListing {
    return {
      key: this.#config.key,
      status: this.#status,
      ...(this.#why !== undefined && { why: this.#why }),
      ...(this.#instructions !== undefined && { instructions: this.#instructions }),
      ...(asksForCodeMode(this.#config) && { codeMode: true }),
      ...(this.#capabilities?.resources !== undefined && { resources: true }),
      ...(this.#capabilities?.prompts !== undefined && { prompts: true }),
      ...this.#held.list,
    };
  }

  /** Opens the connection if there is none, and reads the tools. Never rejects. */
  async open(): Promise<void> {
    await this.#connected().catch(() => undefined);
  }

  /**
   * Tells the server from now on that it may ask this. A server of the 2025 revisions is told once, when a connection is opened: there will be
   * another one, and the present one is closed as soon as no call is under way there.
   */
  offer(askable: Askable): void {
    this.#offer = askable;
    this.#retire();
  }

  /** Its user has connected it: opens a connection with the new token, and lets go on whoever waits. Never rejects. */
  async connected(): Promise<void> {
    this.#retire();
    await this.#opening?.catch(() => undefined);
    await this.open();
    this.#signIn.connected();
  }

  /** Resolves when its user connects it the next time. */
  untilConnected(): Promise<void> {
    return this.#signIn.next();
  }

  /** Resolves when its user has signed in. Rejects with CodemodeError(`sign_in`), which says where they can. */
  async signIn(context: CallContext): Promise<void> {
    if (this.#status === "sign_in") await this.#signIn.ask(this.#why ?? "", context);
  }

  /**
   * Opens the connection again if it could not be opened `retryMs` ago or earlier, or if its user has connected it from elsewhere meanwhile. Never
   * rejects.
   */
  async retry(): Promise<void> {
    if (this.#status === "sign_in" && (await this.#deps.oauth?.(this.#config.key)?.auth.hasChanged())) await this.connected();
    if (this.#status === "unavailable" && Date.now() - this.#failedAt >= this.#deps.limits.retryMs) await this.open();
    else if (this.#status === "ready" && this.#held.askAgain()) await this.#refresh();
  }

  /** Reads the tools again, for a list that may have changed without a word. Never rejects. */
  async reread(): Promise<void> {
    if (this.#connection === undefined) await this.open();
    else await this.#refresh();
  }

  /**
   * Calls a tool. Rejects with CodemodeError: `upstream` if it cannot be reached, `limit` after `callMs`, `tool_failed` if it answered with a
   * JSON-RPC error, `question` if it asks what the caller cannot be asked, `sign_in` if its user has to sign in and cannot be asked to, `cancelled` when the
   * signal fired. A call is sent a second time only if the server has said that it does not know our session or our token.
   */
  async call(tool: Tool, args: Record<string, unknown>, context: CallContext): Promise<CallToolResult> {
    if (this.#deps.decide(this.#config.key, tool) === "deny")
      throw new CodemodeError("fault", `a denied tool was about to be called: ${tool.name}`);
    return this.#exchange.send(tool.name, context, (client, sending) => sendToolCall(client, tool, args, sending));
  }

  /** Sends a request that is passed on. Rejects as `call` does, and with CodemodeError `tool_arguments` if the server has nothing of the kind. */
  async request(request: FeatureRequest, context: CallContext): Promise<Record<string, unknown>> {
    return this.#exchange.send(request.method, context, (client, sending) => sendFeatureRequest(client, request, sending));
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.client.close();
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
    const offer = this.#offer;
    let connection: Connection | undefined;
    let changed = false;
    try {
      const onListChanged = (list: List) => {
        changed ||= list === "tools";
        this.#listChanged(list);
      };
      const told = { ...this.#deps, hearing: this.#hearing, onListChanged };
      const known = this.#known;
      connection = await connect(this.#config, { ...told, offer, ...(known && { known }) }, limits.listMs);
      this.#known = connection.way;
      for (let reads = 0; reads === 0 || (changed && reads < MAX_READS); reads += 1) {
        changed = false;
        this.#asked += 1;
        this.#held.take(await readToolList(connection.client, limits));
      }
    } catch (error) {
      await connection?.client.close().catch(() => undefined);
      if (isSignInNeeded(error)) throw this.#signInNeeded(error);
      this.#failedAt = Date.now();
      const ended = connection?.closeReason() ?? "";
      this.#report(
        "unavailable",
        ended === "" || ended === "closed" ? whyUnavailable(error, limits.listMs, connection?.redact) : oneLine(ended),
      );
      log(`upstream ${this.#config.key} is unavailable: ${this.#why}`);
      throw new CodemodeError("upstream", `${this.#config.key} is unavailable: ${this.#why}`, { cause: error });
    }
    if (offer !== this.#offer) {
      await connection.client.close();
      return this.#open();
    }
    const opened = connection;
    opened.client.onclose = () => this.#drop(opened);
    this.#connection = opened;
    this.#instructions = opened.client.getInstructions();
    this.#capabilities = opened.client.getServerCapabilities();
    await this.standing.attach(opened);
    this.#report("ready");
    if (changed) void this.#refresh();
    return opened;
  }

  /** The tools stay known: the next call opens the connection again, and only a failure of that changes what the caller sees. */
  #drop(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.standing.detach(connection);
    const reason = connection.closeReason();
    this.#deps.log(`upstream ${this.#config.key}: the connection is closed${reason === "" ? "" : ` (${oneLine(reason)})`}`);
  }

  async #refresh(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const asked = (this.#asked += 1);
    try {
      const list = await readToolList(connection.client, this.#deps.limits);
      if (asked !== this.#asked) return;
      if (this.#held.take(list)) this.#report("ready");
    } catch (error) {
      if (isSignInNeeded(error)) return void this.#signInNeeded(error);
      this.#deps.log(
        `upstream ${this.#config.key}: its changed tools cannot be read: ${whyUnavailable(error, this.#deps.limits.listMs, connection.redact)}`,
      );
    }
  }

  /** There will be another connection. The present one is closed as soon as no call is under way there. */
  #retire(): void {
    const before = this.#connection;
    this.#connection = undefined;
    if (before !== undefined) this.standing.detach(before);
    void before?.questions
      .idle()
      .then(() => before.client.close())
      .catch(() => undefined);
  }

  /** What is open belongs to a token that does not do any more, at least not for everything. */
  #signInNeeded(reason: unknown): SignInNeeded {
    const why = whyUnavailable(reason, this.#deps.limits.listMs);
    this.#retire();
    this.#report("sign_in", why);
    this.#deps.log(`upstream ${this.#config.key}: ${why}`);
    return new SignInNeeded(why);
  }

  #listChanged(list: List): void {
    if (list === "tools") void this.#refresh();
    else this.#hearing.listChanged(list);
  }

  #report(status: UpstreamListing["status"], why?: string): void {
    this.#status = status;
    this.#why = why;
    this.#deps.onChange();
  }

  #failure(error: unknown, name: string, connection: Connection): CodemodeError {
    if (isSignInNeeded(error)) return this.#signInNeeded(error);
    return callFailure(error, { key: this.#config.key, name, connection, callMs: this.#deps.limits.callMs, log: this.#deps.log });
  }
}

/** As Cloudflare's portals spell it: `?codemode=search_and_execute`, or `false`. */
function asksForCodeMode(config: UpstreamConfig): boolean {
  return config.kind === "http" && /[?&]codemode=(?!false\b|off\b|0\b)/.test(config.url);
}
