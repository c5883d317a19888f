import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { childCommand } from "./child-command.ts";
import type { Guardian } from "./guardian.ts";
import { MAX_MESSAGE_BYTES, printable, readLines } from "./lines.ts";
import { OWN_GROUP, signalTree } from "./process-tree.ts";
import type { Redaction } from "../core/redaction.ts";

export interface ChildSpec {
  /** The upstream's key: what its lines in our log begin with. */
  readonly key: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What it must not tell a program, if it should echo it. */
  readonly echoes?: Redaction;
}

/** Why a child is no more. */
export interface Ending {
  readonly started: boolean;
  /** One line without secrets, as in `exited with code 1: Missing API key`. */
  readonly reason: string;
}

/** A child that does not read its stdin is cut off at this many bytes, or it would fill our memory. */
const MAX_UNREAD_BYTES = 2 * MAX_MESSAGE_BYTES;
const MAX_LOG_CHARS = 2_000;
/** Lines on stdout that are no messages: a banner is shown whole, a server that logs there all day is not. */
const MAX_JUNK_LINES = 20;
/** How long stdout is read on after the child has exited: a descendant in a session of its own may hold it open for ever. */
const DRAIN_MS = 500;

/** One running stdio server: messages in and out as lines, its stderr in our log. */
export class Child {
  /** Fulfilled once, when the child has exited (or could not start) and its last messages were delivered. */
  readonly ended: Promise<Ending>;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #key: string;
  readonly #log: (line: string) => void;
  readonly #echoes: Redaction | undefined;
  #lastError = "";
  #broken: string | undefined;

  constructor(spec: ChildSpec, guardian: Guardian, redaction: Redaction, log: (line: string) => void) {
    this.#key = printable(spec.key, 100);
    this.#echoes = spec.echoes;
    this.#log = (line) => log(`[${this.#key}] ${printable(redaction.apply(line), MAX_LOG_CHARS)}`);
    const { file, args, verbatim } = childCommand(spec.command, spec.args);
    this.#process = spawn(file, args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: OWN_GROUP,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const { pid } = this.#process;
    if (pid !== undefined) guardian.watch(pid);
    this.ended = this.#untilEnded(spec, guardian);

    // Broken pipe: the exit tells the same with its reason.
    this.#process.stdin.on("error", () => {});
    const onError = (line: string) => {
      if (line.trim() === "") return;
      this.#lastError = printable(redaction.apply(line), MAX_LOG_CHARS);
      this.#log(line);
    };
    readLines(this.#process.stderr, onError, MAX_MESSAGE_BYTES, () => this.#break("wrote an endless line to its stderr"));
  }

  /**
   * Starts reading stdout; until then the pipe holds it. `onMessage` gets each line that is a JSON object; the others go to the log.
   */
  read(onMessage: (json: string) => void): void {
    let junk = 0;
    const onLine = (line: string) => {
      if (isJsonObject(line)) return onMessage(this.#echoes?.applyToJson(line) ?? line);
      if (line.trim() === "") return;
      junk += 1;
      if (junk <= MAX_JUNK_LINES) this.#log(`(stdout) ${line}`);
      else if (junk === MAX_JUNK_LINES + 1) this.#log("(stdout) More lines that are no JSON-RPC messages are not shown.");
    };
    readLines(this.#process.stdout, onLine, MAX_MESSAGE_BYTES, () => this.#break(`sent a message above ${MAX_MESSAGE_BYTES} bytes`));
  }

  pause(): void {
    this.#process.stdout.pause();
  }

  resume(): void {
    this.#process.stdout.resume();
  }

  /** One message, a JSON text without line breaks. Lost if the child is gone; `ended` tells. */
  write(message: string): void {
    const { stdin } = this.#process;
    if (!stdin.writable) return;
    if (stdin.writableLength > MAX_UNREAD_BYTES) return this.#break("does not read its stdin");
    stdin.write(`${message}\n`);
  }

  /** Closes stdin, which is how MCP asks a server to exit; sends SIGTERM after `graceMs` and SIGKILL after twice that. Never rejects. */
  async end(graceMs: number): Promise<void> {
    const { pid, stdin } = this.#process;
    stdin.end();
    // Nobody reads a child that was never claimed: a full pipe must not keep it from exiting.
    this.#process.stdout.resume();
    if (pid !== undefined) {
      if (await this.#endsWithin(graceMs)) return;
      signalTree(pid, "SIGTERM");
      if (await this.#endsWithin(graceMs)) return;
      signalTree(pid, "SIGKILL");
    }
    await this.ended;
  }

  #untilEnded(spec: ChildSpec, guardian: Guardian): Promise<Ending> {
    const process = this.#process;
    const { pid } = process;
    return new Promise((resolve) => {
      process.once("error", (error: NodeJS.ErrnoException) => resolve({ started: false, reason: startFailure(error, spec) }));
      process.once("exit", (code, signal) => {
        // What it leaves behind in its group would hold our pipes open, and nobody would ever end it.
        if (pid !== undefined && OWN_GROUP) signalTree(pid, "SIGKILL");
        if (pid !== undefined) guardian.release(pid);
        const finish = () => resolve({ started: true, reason: this.#broken ?? this.#exitReason(code, signal) });
        process.once("close", finish);
        setTimeout(finish, DRAIN_MS).unref();
      });
    });
  }

  #break(reason: string): void {
    this.#broken ??= reason;
    if (this.#process.pid !== undefined) signalTree(this.#process.pid, "SIGKILL");
  }

  #endsWithin(ms: number): Promise<boolean> {
    return Promise.race([this.ended.then(() => true), delay(ms).then(() => false)]);
  }

  #exitReason(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal === null ? `exited with code ${code ?? "unknown"}` : `ended by ${signal}`;
    return this.#lastError === "" ? how : `${how}: ${this.#lastError}`;
  }
}

function isJsonObject(line: string): boolean {
  // Most junk is told apart without the cost of an exception.
  if (!/^\s*\{/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** The message of Node is left out: it may quote arguments. */
function startFailure(error: NodeJS.ErrnoException, spec: ChildSpec): string {
  // Node reports a missing working directory as a missing command.
  if (error.code === "ENOENT" && !existsSync(spec.cwd)) return `folder not found: ${printable(spec.cwd, MAX_LOG_CHARS)}`;
  if (error.code === "ENOENT") return `command not found: ${printable(spec.command, MAX_LOG_CHARS)}`;
  if (error.code === "EACCES") return `command not executable: ${printable(spec.command, MAX_LOG_CHARS)}`;
  return `could not start (${error.code ?? "unknown error"}): ${printable(spec.command, MAX_LOG_CHARS)}`;
}

/** Does not keep the process alive. */
function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
