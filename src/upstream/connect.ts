import {
  Client,
  ProtocolError,
  ProtocolErrorCode,
  SSEClientTransport,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
} from "@modelcontextprotocol/client";
import type {
  ClientContext,
  CreateMessageResult,
  ElicitResult,
  JSONRPCMessage,
  ListRootsResult,
  Transport,
  VersionNegotiationMode,
} from "@modelcontextprotocol/client";
import type { HttpUpstreamConfig, UpstreamConfig } from "../config/schema.ts";
import { CodemodeError } from "../core/errors.ts";
import { intercept } from "../core/interception.ts";
import type { Limits } from "../core/limits.ts";
import { MessageSocket } from "../core/message-socket.ts";
import type { Askable } from "../core/questions.ts";
import { IMPLEMENTATION } from "../core/version.ts";
import { whyUnavailable } from "./failure.ts";
import { isLoopback } from "./authorization-fetch.ts";
import { resolveTarget } from "./credentials.ts";
import type { OAuthUpstream } from "./connecting.ts";
import type { ReadEnv, Target } from "./credentials.ts";
import type { Hearing } from "./hearing.ts";
import { isQuestion } from "./read-question.ts";
import { Questions } from "./questions.ts";
import type { UpstreamAuth } from "./upstream-auth.ts";

export type List = "tools" | "resources" | "prompts";

export interface ConnectDeps {
  readonly readEnv: ReadEnv;
  /** Opens the stdio server of the configured key as a socket of JSON-RPC frames; absent where there are no processes. */
  readonly openStdio?: (key: string) => Promise<WebSocket>;
  /** Called when the upstream says that one of its lists has changed. */
  readonly onListChanged: (list: List) => void;
  /** What else it says without being asked. */
  readonly hearing: Pick<Hearing, "logged" | "updated">;
  /** What the upstream is told that it may ask. */
  readonly offer: Askable;
  readonly limits: Limits;
  /** How the server was reached the last time. Whatever has become of it, the other ways are tried after that. */
  readonly known?: Way;
  /** How the token of an upstream with OAuth is had; undefined where nothing can be kept. */
  readonly oauth?: (key: string) => OAuthUpstream | undefined;
}

export interface Connection {
  readonly client: Client;
  readonly questions: Questions;
  /** Why the other side closed, if it said so. */
  readonly closeReason: () => string;
  readonly redact: (text: string) => string;
  /** Whether the server has given us a session: without one it cannot have lost it. */
  readonly hasSession: () => boolean;
  readonly way: Way;
}

/** Which of the attempts has worked, and which era it has turned out to be. */
export interface Way {
  readonly attempt: number;
  readonly mode: VersionNegotiationMode;
}

/** One way to reach an upstream; the next one is tried when the answer shows that this one is not spoken there. */
interface Attempt {
  readonly mode: VersionNegotiationMode;
  readonly open: () => Promise<Transport>;
}

/**
 * Connects to an upstream of either era. `timeoutMs` bounds each request of the handshake.
 * Rejects with CodemodeError whose message is one line without secrets.
 */
export async function connect(config: UpstreamConfig, deps: ConnectDeps, timeoutMs: number): Promise<Connection> {
  let redact = (text: string) => text;
  try {
    if (config.kind === "stdio") {
      return { ...(await firstThatWorks(config.key, stdioAttempts(config.key, deps), deps, timeoutMs)), redact };
    }
    const target = resolveTarget(config, deps.readEnv);
    const auth = config.oauth === undefined ? undefined : authOf(config.key, target.url, deps);
    redact = auth === undefined ? target.redact : (text) => auth.secrets.apply(target.redact(text));
    const attempts = httpAttempts(config, target, auth, deps.limits).map(({ mode, open }) => ({
      mode,
      open: async () =>
        withoutEchoes(await open(), (message) => target.echoes.applyToMessage(auth?.secrets.applyToMessage(message) ?? message)),
    }));
    return { ...(await firstThatWorks(config.key, attempts, deps, timeoutMs)), redact };
  } catch (error) {
    throw new CodemodeError("upstream", whyUnavailable(error, timeoutMs, redact), { cause: error });
  }
}

async function firstThatWorks(
  key: string,
  attempts: readonly Attempt[],
  deps: ConnectDeps,
  timeoutMs: number,
): Promise<Omit<Connection, "redact">> {
  let failure: unknown;
  for (const { attempt, mode, open } of inOrder(attempts, deps.known)) {
    const transport = await open();
    const questions = new Questions(key, deps.limits);
    const client = new Client(IMPLEMENTATION, {
      capabilities: { ...deps.offer },
      versionNegotiation: { mode, probe: { timeoutMs: Math.ceil(timeoutMs / 3) } },
      listChanged: { tools: onChanged("tools", deps), resources: onChanged("resources", deps), prompts: onChanged("prompts", deps) },
    });
    client.setNotificationHandler("notifications/message", ({ params }) => deps.hearing.logged(params, questions));
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => deps.hearing.updated(params.uri));
    answerQuestions(client, questions, deps.offer);
    const closeReason = () => (transport instanceof MessageSocket ? transport.closeReason : "");
    try {
      await client.connect(transport, { timeout: timeoutMs });
      return {
        client,
        questions,
        closeReason,
        way: { attempt, mode: client.getProtocolEra() === "modern" ? "auto" : "legacy" },
        hasSession: () => transport instanceof StreamableHTTPClientTransport && transport.sessionId !== undefined,
      };
    } catch (error) {
      await client.close().catch(() => undefined);
      if (closeReason() !== "" && closeReason() !== "closed") throw new CodemodeError("upstream", closeReason(), { cause: error });
      if (!anotherWayMayWork(error)) throw error;
      // The first answer that is more than "not in this way" says most; what older transports make of the same trouble says less.
      if (failure === undefined || isNotSpoken(failure)) failure = error;
    }
  }
  throw failure;
}

/** Our own reading of the list: the SDK's would reject all of it for one bad item. */
function onChanged(list: List, { onListChanged }: ConnectDeps) {
  return { autoRefresh: false, onChanged: () => onListChanged(list) };
}

/** The probe of a server of 2026-07-28 is its handshake; to one of the 2025 revisions it is a request too many. */
function inOrder(attempts: readonly Attempt[], known: Way | undefined): (Attempt & Way)[] {
  const all = attempts.map((each, attempt) => ({ ...each, attempt }));
  const first = known === undefined ? undefined : all[known.attempt];
  return known === undefined || first === undefined ? all : [{ ...first, mode: known.mode }, ...all];
}

/** The requests of servers of the 2025 revisions; those of 2026-07-28 come as results. */
function answerQuestions(client: Client, questions: Questions, { elicitation, sampling, roots }: Askable): void {
  const answer = async (request: unknown, { mcpReq }: ClientContext) => {
    if (!isQuestion(request)) throw new ProtocolError(ProtocolErrorCode.MethodNotFound, "Method not found");
    return questions.ask(request, mcpReq.signal);
  };
  // The SDK refuses a handler for what has not been offered; a server may ask all the same, and its call has to fail with a reason.
  client.fallbackRequestHandler = answer;
  if (elicitation !== undefined)
    client.setRequestHandler("elicitation/create", async (...asked) => (await answer(...asked)) as ElicitResult);
  if (sampling !== undefined)
    client.setRequestHandler("sampling/createMessage", async (...asked) => (await answer(...asked)) as CreateMessageResult);
  if (roots !== undefined) client.setRequestHandler("roots/list", async (...asked) => (await answer(...asked)) as ListRootsResult);
}

function stdioAttempts(key: string, { openStdio }: ConnectDeps): Attempt[] {
  if (openStdio === undefined) {
    throw new CodemodeError("upstream", "it is a stdio server, and a deployed Worker cannot start processes", {
      remedy: "Give it a URL (most servers have an HTTP mode), or run codemode-proxy locally.",
    });
  }
  const open = async () => new MessageSocket(await openStdio(key)) as Transport;
  return [
    { mode: "auto", open },
    { mode: "legacy", open },
  ];
}

/** An upstream that echoes what it was sent must not hand it to programs: everything that it says passes here. */
function withoutEchoes(transport: Transport, redacted: (message: JSONRPCMessage) => JSONRPCMessage): Transport {
  intercept(transport, (message, pass) => pass(redacted(message)));
  return transport;
}

function authOf(key: string, url: URL, { oauth }: ConnectDeps): UpstreamAuth {
  if (url.protocol !== "https:" && !isLoopback(url)) throw new CodemodeError("config", "a token is sent over https only");
  const found = oauth?.(key);
  if (found !== undefined) return found.auth;
  throw new CodemodeError("config", "the secret CODEMODE_KEY is not set, and without it no token can be kept", {
    remedy: "Set it to a long random text, as `openssl rand -base64 32` prints one.",
  });
}

function httpAttempts(
  config: HttpUpstreamConfig,
  { url, headers }: Target,
  auth: UpstreamAuth | undefined,
  { retryMs }: Pick<Limits, "retryMs">,
): Attempt[] {
  const options = { requestInit: { headers }, ...(auth !== undefined && { fetch: auth.fetch }) };
  const reconnectionOptions = { ...RECONNECTION, maxReconnectionDelay: retryMs };
  const streamable = async () => new StreamableHTTPClientTransport(url, { ...options, reconnectionOptions });
  const sse = async () => new SSEClientTransport(url, options);
  if (config.transport === "sse") return [{ mode: "legacy", open: sse }];
  return [
    { mode: "auto", open: streamable },
    // Some 2025 servers answer the probe with a 5xx or not at all.
    { mode: "legacy", open: streamable },
    { mode: "legacy", open: sse },
  ];
}

/** The stream on which a server tells without being asked is opened again however long it is away: the SDK's default gives up after two attempts. */
const RECONNECTION = { initialReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 2, maxRetries: Number.MAX_SAFE_INTEGER };

/** The statuses with which a server of another transport answers. */
function isNotSpoken(error: unknown): boolean {
  return error instanceof SdkHttpError && [400, 404, 405, 406, 415].includes(error.status ?? 0);
}

/** Refused credentials, a dead address and a wrong configuration stay what they are, however we ask. */
function anotherWayMayWork(error: unknown): boolean {
  if (error instanceof SdkHttpError) return error.status !== 401 && error.status !== 403;
  if (error instanceof SdkError) return error.code === SdkErrorCode.RequestTimeout || !(error.cause instanceof Error);
  return !(error instanceof CodemodeError) && !(error instanceof TypeError);
}
