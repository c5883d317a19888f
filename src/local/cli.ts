#!/usr/bin/env node
import { parseArgs } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { namespaceOf } from "../catalog/names.ts";
import { API_TEXT_KINDS } from "../core/api-text.ts";
import type { ApiTextKind } from "../core/api-text.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { serve } from "./serve.ts";
import { readSetup } from "./setup.ts";
import { serveStdio } from "./stdio-front.ts";
import { printTypes } from "./types.ts";

const HELP = `codemode-proxy: one MCP tool in front of all your MCP servers.

Usage
  codemode-proxy serve [--config FILE] [--port N]   serve MCP over HTTP on 127.0.0.1
  codemode-proxy stdio [--config FILE]              serve MCP over stdin and stdout, for a client that starts commands
  codemode-proxy types [--config FILE] [--level L]  start the upstreams, print what a model sees of them, and end

Options
  --config FILE   the configuration (codemode.jsonc in the current folder)
  --port N        the port to serve on (8787); 0 takes a free one and prints it
  --level L       full (unless said), brief, signature or name: the declarations in so much detail;
                  checked: what programs are checked against; description: the tool's description
  --help          print this
  --version       print the version

Environment
  AUTH_TOKEN      if set, callers over HTTP have to send "Authorization: Bearer <its value>"
  Variables that the configuration refers to, as in \${env:GITHUB_TOKEN}.

Exit codes
  0  ended as asked: end of input, Ctrl-C, SIGTERM, SIGHUP
  1  could not start, or broke down; types: an upstream is missing in what was printed
  2  the command line or the configuration is wrong; nothing was started
`;

/** A mistake on the command line: one line that says what to do. */
class UsageError extends Error {}

const COMMANDS = ["serve", "stdio", "types"] as const;

interface Command {
  readonly name: (typeof COMMANDS)[number];
  readonly config: string;
  readonly port: number;
  readonly level: ApiTextKind;
}

function readCommandLine(args: readonly string[]): Command | "help" | "version" {
  const options = {
    config: { type: "string" },
    port: { type: "string" },
    level: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean" },
  } as const;
  const { values, positionals } = parseStrictly(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (values.help) return "help";
  if (values.version) return "version";
  const [said, ...rest] = positionals;
  const name = COMMANDS.find((each) => each === said);
  if (said === undefined) throw new UsageError("Say what to run: serve, stdio or types.");
  if (name === undefined) throw new UsageError(`Unknown command '${said}': there are serve, stdio and types.`);
  if (rest.length > 0) throw new UsageError(`Unexpected argument '${rest[0]}'.`);
  if (name !== "serve" && values.port !== undefined) throw new UsageError(`--port belongs to serve: ${name} has no port.`);
  if (name !== "types" && values.level !== undefined)
    throw new UsageError(`--level belongs to types: ${name} shows each caller as much as fits.`);
  return {
    name,
    config: values.config ?? "codemode.jsonc",
    port: readPort(values.port ?? "8787"),
    level: readLevel(values.level ?? "full"),
  };
}

/** The first sentence of Node's message names the option; the rest is about positional arguments. */
function parseStrictly<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`${messageOf(error).split(/\.(?:\s|$)/)[0]}.`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not '${text}'.`);
}

function readLevel(text: string): ApiTextKind {
  const level = API_TEXT_KINDS.find((each) => each === text);
  if (level !== undefined) return level;
  throw new UsageError(`--level takes ${API_TEXT_KINDS.slice(0, -1).join(", ")} or ${API_TEXT_KINDS.at(-1)}, not '${text}'.`);
}

/** Fulfilled by the first signal that asks us to end. A second one does not wait for anything; the guardian does the rest. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}

async function run(command: Command): Promise<void> {
  const setup = readSetup(command.config, process.env, namespaceOf);
  const stop = untilStopped();
  const warn = (line: string) => void process.stderr.write(`codemode-proxy: ${line}\n`);
  if (setup.config.ignored.length > 0) warn(`Without effect here: ${setup.config.ignored.join(", ")}`);
  if (command.name === "stdio") return serveStdio(setup, { input: process.stdin, output: process.stdout, stop });
  // Where a pipe is written to in the background, `process.exit` would cut it.
  const write = (text: string) => new Promise<void>((resolve) => void process.stdout.write(text, () => resolve()));
  if (command.name === "types") return printTypes(setup, { kind: command.level, stop, write, warn });
  const print = (line: string) => void write(`${line}\n`);
  return serve(setup, { port: command.port, version: manifest.version, stop, print, warn });
}

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  // A reader that went away (`serve | head`) is no reason to end; `stdio` watches its stdout itself.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    const command = readCommandLine(args);
    if (command === "help") process.stdout.write(HELP);
    else if (command === "version") process.stdout.write(`${manifest.version}\n`);
    else await run(command);
    return 0;
  } catch (error) {
    process.stderr.write(`codemode-proxy: ${complaint(error)}\n`);
    return error instanceof UsageError || (error instanceof CodemodeError && error.code === "config") ? 2 : 1;
  }
}

function complaint(error: unknown): string {
  if (error instanceof UsageError) return `${error.message} See codemode-proxy --help.`;
  if (!(error instanceof CodemodeError)) return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  // What is wrong with a configuration is one problem a line.
  const separator = error.code === "config" && error.message.includes("\n") ? "\n" : " ";
  return [error.message, error.remedy].filter((part) => part !== undefined).join(separator);
}

process.exit(await main(process.argv.slice(2)));
