import { homedir } from "node:os";
import { resolve as resolvePath } from "node:path";
import type { RawData, WebSocket } from "ws";
import { resolveStdioUpstream, withFolders } from "../config/env-references.ts";
import type { StdioUpstreamConfig } from "../config/schema.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { Child, type Ending } from "./child.ts";
import { inheritedEnvironment } from "./child-command.ts";
import type { Guardian } from "./guardian.ts";
import { asOneLine, printable } from "./lines.ts";
import type { Route } from "./loopback.ts";
import { isSurelySecret, Redaction } from "../core/redaction.ts";

/** Close codes of the bridge; each comes with a reason for people. */
const CLOSE_ENDED = 4000;
const CLOSE_NOT_STARTED = 4001;

/** How long a child may take to exit after its stdin is closed, and again after SIGTERM. */
const GRACE_MS = 2_000;
/** The same when we are ending ourselves: clients wait about 2 s in all. */
const SHUTDOWN_GRACE_MS = 500;
/** Above it the child's stdout is not read until the Worker has caught up. */
const HIGH_WATER_BYTES = 4_194_304;

export interface StdioUpstreamsOptions {
  readonly upstreams: readonly StdioUpstreamConfig[];
  /** The folder of the configuration file: default and base of `cwd`. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly guardian: Guardian;
  /** Gets what the children print, a line at a time. */
  readonly log: (line: string) => void;
  readonly graceMs?: number;
}

/** The child processes, each behind a WebSocket for the Worker. */
export interface StdioUpstreams {
  readonly route: Route;
  /** Ends all children. Never rejects. */
  close(): Promise<void>;
}

/**
 * Starts one child for every upstream at once, so that it is warm when the Worker asks, and serves `GET /upstream/<key>` with an
 * upgrade to WebSocket: one connection, one child, both end together. One text frame is one JSON-RPC message is one line. The first
 * connection for a key takes the child that waits; every other gets its own.
 */
export function startStdioUpstreams(options: StdioUpstreamsOptions): StdioUpstreams {
  const graceMs = options.graceMs ?? GRACE_MS;
  const running = new Set<Child>();
  const start = (upstream: StdioUpstreamConfig) => startChild(upstream, options, running);
  const waiting = new Map(options.upstreams.map((upstream) => [upstream.key, start(upstream)]));

  return {
    route(path, knock) {
      const key = keyOf(path);
      const upstream = options.upstreams.find((candidate) => candidate.key === key);
      if (upstream === undefined) return false;
      knock.accept((webSocket) => {
        const child = waiting.get(upstream.key) ?? start(upstream);
        waiting.delete(upstream.key);
        if (child instanceof Child) bridge(webSocket, child, graceMs);
        else closeWith(webSocket, child);
      });
      return true;
    },
    async close() {
      await Promise.all([...running].map((child) => child.end(Math.min(graceMs, SHUTDOWN_GRACE_MS))));
    },
  };
}

/** A child, or why there is none. */
function startChild(upstream: StdioUpstreamConfig, options: StdioUpstreamsOptions, running: Set<Child>): Child | Ending {
  const { folder, environment, guardian, log } = options;
  const redaction = new Redaction();
  const echoes = new Redaction();
  try {
    const lookup = withFolders(
      redaction.noting((name) => {
        const value = environment[name];
        if (value !== undefined && isSurelySecret(value.trim())) echoes.note(value);
        return value;
      }),
      { userHome: homedir(), workspaceFolder: folder },
    );
    const { command, args, env, cwd } = resolveStdioUpstream(upstream, lookup);
    for (const value of Object.values(env)) redaction.note(value);
    const spec = {
      key: upstream.key,
      command,
      args,
      env: { ...inheritedEnvironment(environment), ...env },
      cwd: resolvePath(folder, cwd ?? "."),
      echoes,
    };
    const child = new Child(spec, guardian, redaction, log);
    running.add(child);
    void child.ended.then(() => running.delete(child));
    return child;
  } catch (error) {
    // `spawn` itself throws for what no program could be started with; its message may quote values.
    const reason =
      error instanceof CodemodeError ? messageOf(error) : "could not start: the command, its arguments or its environment cannot be used";
    return { started: false, reason };
  }
}

function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(/^\/upstream\/([^/?#]+)$/.exec(path)?.[1] ?? "");
  } catch {
    return undefined;
  }
}

function bridge(webSocket: WebSocket, child: Child, graceMs: number): void {
  webSocket.on("error", () => {});
  webSocket.on("message", (data: RawData, isBinary: boolean) => {
    if (isBinary) webSocket.close(1003, "Messages are text frames.");
    else child.write(asOneLine(data.toString()));
  });
  webSocket.once("close", () => void child.end(graceMs));
  child.read((message) => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    webSocket.send(message, () => child.resume());
    if (webSocket.bufferedAmount > HIGH_WATER_BYTES) child.pause();
  });
  void child.ended.then((ending) => closeWith(webSocket, ending));
}

function closeWith(webSocket: WebSocket, { started, reason }: Ending): void {
  webSocket.close(started ? CLOSE_ENDED : CLOSE_NOT_STARTED, closeReason(reason));
}

/** A close reason has at most 123 bytes (RFC 6455, 5.5). */
function closeReason(reason: string): string {
  let text = printable(reason, 123);
  while (Buffer.byteLength(text) > 123) text = `${[...text].slice(0, -2).join("")}…`;
  return text;
}
