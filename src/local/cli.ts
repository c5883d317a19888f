#!/usr/bin/env node
import { parseArgs } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { namespaceOf } from "../catalog/names.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { serve } from "./serve.ts";
import { readSetup } from "./setup.ts";
import { serveStdio } from "./stdio-front.ts";

const HELP = `codemode-proxy: one MCP tool in front of all your MCP servers.

Usage
  codemode-proxy serve [--config FILE] [--port N]   serve MCP over HTTP on 127.0.0.1
  codemode-proxy stdio [--config FILE]              serve MCP over stdin and stdout, for a client that starts commands

Options
  --config FILE   the configuration (codemode.jsonc in the current folder)
  --port N        the port to serve on (8787); 0 takes a free one and prints it
  --help          print this
  --version       print the version

Environment
  AUTH_TOKEN      if set, callers over HTTP have to send "Authorization: Bearer <its value>"
  Variables that the configuration refers to, as in \${env:GITHUB_TOKEN}.

Exit codes
  0  ended as asked: end of input, Ctrl-C, SIGTERM, SIGHUP
  1  could not start, or broke down
  2  the command line or the configuration is wrong; nothing was started
`;

/** A mistake on the command line: one line that says what to do. */
class UsageError extends Error {}

interface Command {
  readonly name: "serve" | "stdio";
  readonly config: string;
  readonly port: number;
}

function readCommandLine(args: readonly string[]): Command | "help" | "version" {
  const options = {
    config: { type: "string" },
    port: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean" },
  } as const;
  const { values, positionals } = parseStrictly(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (values.help) return "help";
  if (values.version) return "version";
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError("Say what to run: serve or stdio.");
  if (name !== "serve" && name !== "stdio") throw new UsageError(`Unknown command '${name}': there are serve and stdio.`);
  if (rest.length > 0) throw new UsageError(`Unexpected argument '${rest[0]}'.`);
  if (name === "stdio" && values.port !== undefined) throw new UsageError("--port belongs to serve: stdio has no port.");
  return { name, config: values.config ?? "codemode.jsonc", port: readPort(values.port ?? "8787") };
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
  const print = (line: string) => void process.stdout.write(`${line}\n`);
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
