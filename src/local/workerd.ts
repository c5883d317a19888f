import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { CodemodeError } from "../core/errors.ts";
import type { Command } from "./confinement.ts";
import type { Guardian } from "./guardian.ts";
import { MAX_MESSAGE_BYTES, readLines } from "./lines.ts";
import { OWN_GROUP, signalTree } from "./process-tree.ts";

export interface WorkerdOptions {
  /** Changes the command that starts it; `config` is the file of its configuration. What it does may be told on descriptor 3, as `pid` says. */
  readonly wrap?: (command: Command, config: string) => Command;
  /** Cap'n Proto text; may hold secrets. */
  readonly config: string;
  /** Where its embedded files are found. */
  readonly importPath: string;
  /** The name of the socket in the configuration that its port is that of. */
  readonly socket: string;
  /** Another one, if there is any. */
  readonly second?: string;
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly guardian: Guardian;
  /** The folder it works in; ours if there is none. */
  readonly cwd?: string;
  /** Gets each line that it prints, instead of our stderr: a program decides what a sandbox process prints. */
  readonly onLine?: (line: string) => void;
}

export interface Workerd {
  /** Of workerd itself, even where another process stands in front of it. */
  readonly pid: number;
  /** Where the socket listens on 127.0.0.1. */
  readonly port: number;
  readonly secondPort?: number;
  /** How it ended, as in `exit code 1` or `signal SIGSEGV`; fulfilled whoever ended it. */
  readonly ended: Promise<string>;
  /** Kills it: SIGTERM would wait for as long as any stream is open, and it keeps nothing that has to be saved. */
  kill(): Promise<void>;
}

/** Configuration files of one runtime share a folder. */
let files = 0;

/** Starts workerd and waits until it listens. Its log goes to our stderr. Throws "fault" if it ends before that. */
export async function startWorkerd({
  config,
  importPath,
  socket,
  second,
  environment,
  guardian,
  cwd,
  onLine,
  wrap,
}: WorkerdOptions): Promise<Workerd> {
  // Text is not accepted on stdin, and what it embeds is found through the import path only. The folder is private, so is the file.
  // Its name tells people which process is which.
  const file = join(guardian.folder, `${socket}-${(files += 1)}.capnp`);
  writeFileSync(file, config, { mode: 0o600 });
  const plain = { file: workerdBinary(), args: ["serve", file, "--experimental", `--import-path=${importPath}`, "--control-fd=3"] };
  const command = wrap?.(plain, file) ?? plain;
  const child = spawn(command.file, command.args, {
    // Its stdout is what Workers log; ours may be carrying MCP. What it has to say of itself as JSON is on stdout, too.
    stdio: ["ignore", onLine === undefined ? 2 : "pipe", onLine === undefined ? 2 : "ignore", "pipe"],
    cwd,
    // Windows opens no socket without it.
    env: process.platform === "win32" ? { SYSTEMROOT: process.env["SYSTEMROOT"], ...environment } : environment,
    detached: OWN_GROUP,
    windowsHide: true,
  });
  const { pid } = child;
  if (pid !== undefined) guardian.watch(pid);

  if (child.stdout !== null && onLine !== undefined) readLines(child.stdout, onLine, MAX_MESSAGE_BYTES, () => {});

  const ended = new Promise<string>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "could not start"));
    // "close" comes after the last line was read; what nobody reads may be held open by others.
    child.once(onLine === undefined ? "exit" : "close", (code: number | null, signal: NodeJS.Signals | null) => {
      if (pid !== undefined) guardian.release(pid);
      resolve(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`);
    });
  });
  let ownPid = pid;
  const ports = new Map<unknown, number>();
  const listening = new Promise<void>((resolve) => {
    const onMessage = (line: string) => {
      const message = JSON.parse(line) as { event?: unknown; socket?: unknown; port?: unknown; pid?: unknown };
      if (message.event === "process" && typeof message.pid === "number") ownPid = message.pid;
      if (message.event !== "listen" || typeof message.port !== "number") return;
      ports.set(message.socket, message.port);
      if (ports.has(socket) && (second === undefined || ports.has(second))) resolve();
    };
    readLines(child.stdio[3] as Readable, onMessage, 65_536, () => {});
  });
  try {
    await Promise.race([listening, ended.then(refusal)]);
    const secondPort = ports.get(second);
    return {
      port: ports.get(socket) ?? 0,
      ...(secondPort !== undefined && { secondPort }),
      pid: ownPid ?? 0,
      ended,
      async kill() {
        if (pid !== undefined && child.exitCode === null && child.signalCode === null) signalTree(pid, "SIGKILL");
        await ended;
      },
    };
  } finally {
    // It was read, and it holds secrets.
    rmSync(file, { force: true });
  }
}

function refusal(how: string): never {
  throw new CodemodeError("fault", `workerd did not start (${how}).`, { remedy: "Its own message, if it left one, is above." });
}

/** The path of the executable. The package's command is a Node script around it, which would cost a Node process more. */
export function workerdBinary(): string {
  try {
    return (createRequire(import.meta.url)("workerd") as { default: string }).default;
  } catch (cause) {
    throw new CodemodeError("fault", "The package workerd has no executable for this platform.", {
      remedy: "Install again on this machine, without --no-optional. workerd runs on Linux, macOS and Windows, on x64 and arm64.",
      cause,
    });
  }
}
