#!/usr/bin/env node
import { parseArgs } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { namespaceOf } from "../catalog/names.ts";
import { API_TEXT_KINDS } from "../core/api-text.ts";
import type { ApiTextKind } from "../core/api-text.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import { connectUpstream, listConnections, revokeUpstream } from "./auth.ts";
import { profileNames } from "../core/profile.ts";
import { showLog } from "./log.ts";
import { serve } from "./serve.ts";
import { readSetup } from "./setup.ts";
import { stateFolder } from "./state-folder.ts";
import { serveStdio } from "./stdio-front.ts";
import { printTypes } from "./types.ts";

const HELP = `codemode-proxy: one MCP tool in front of all your MCP servers.

Usage
  codemode-proxy serve [--config FILE] [--port N]   serve MCP over HTTP on 127.0.0.1
  codemode-proxy stdio [--config FILE] [--profile P]
                                                    serve MCP over stdin and stdout, for a client that starts commands
  codemode-proxy auth KEY [--config FILE]           connect an upstream with OAuth: prints a link, and opens the browser
  codemode-proxy auth --revoke KEY, auth --list     give a connection up; show which upstreams are connected
  codemode-proxy types [--config FILE] [--level L] [--profile P]
                                                    start the upstreams, print what a model sees of them, and end
  codemode-proxy log [--json] [--follow] [--count N] [--url URL]
                                                    print what was run on this machine, or at a proxy elsewhere

Options
  --config FILE   the configuration (codemode.jsonc in the current folder)
  --port N        the port to serve on (8787); 0 takes a free one and prints it
  --level L       full (unless said), brief, signature or name: the declarations in so much detail;
                  checked: what programs are checked against; description: the tool's description
  --list          auth: the upstreams with OAuth, and when each was connected or renewed
  --revoke KEY    auth: forgets what is kept of an upstream, and tells its server
  --profile P     the profile that the client gets (serve has it at /mcp/P): readonly, or one of the configuration
  --json          one JSON object a line, with everything that is kept
  --follow        go on with what comes
  --count N       the last N executions (20)
  --url URL       ask this proxy, with AUTH_TOKEN, for what it has run for you
  --help          print this
  --version       print the version

Environment
  AUTH_TOKEN      if set, callers over HTTP have to send "Authorization: Bearer <its value>"
  CODEMODE_STATE  the folder where connections are kept, sealed ($XDG_STATE_HOME/codemode-proxy, ~/.local/state/codemode-proxy)
  CODEMODE_KEY    what they are sealed with, instead of the file "key" there; CODEMODE_KEY_PREVIOUS still opens, to change it
  Variables that the configuration refers to, as in \${env:GITHUB_TOKEN}.

Exit codes
  0  ended as asked: end of input, Ctrl-C, SIGTERM, SIGHUP
  1  could not start, or broke down; auth: not connected; types: an upstream is missing in what was printed
  2  the command line or the configuration is wrong; nothing was started
`;

/** A mistake on the command line: one line that says what to do. */
class UsageError extends Error {}

const COMMANDS = ["serve", "stdio", "types", "auth", "log"] as const;

interface Command {
  readonly name: (typeof COMMANDS)[number];
  readonly config: string;
  readonly port: number;
  readonly level: ApiTextKind;
  /** What `auth` is to do with which upstream. */
  readonly auth: { readonly list: true } | { readonly revoke: string } | { readonly connect: string };
  readonly profile: string | undefined;
  readonly json: boolean;
  readonly follow: boolean;
  readonly count: number;
  readonly url: string | undefined;
}

function readCommandLine(args: readonly string[]): Command | "help" | "version" {
  const options = {
    config: { type: "string" },
    port: { type: "string" },
    level: { type: "string" },
    list: { type: "boolean" },
    revoke: { type: "string" },
    profile: { type: "string" },
    json: { type: "boolean" },
    follow: { type: "boolean", short: "f" },
    count: { type: "string" },
    url: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean" },
  } as const;
  const { values, positionals } = parseStrictly(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (values.help) return "help";
  if (values.version) return "version";
  const [said, ...rest] = positionals;
  const name = COMMANDS.find((each) => each === said);
  if (said === undefined) throw new UsageError("Say what to run: serve, stdio, types, auth or log.");
  if (name === undefined) throw new UsageError(`Unknown command '${said}': there are serve, stdio, types, auth and log.`);
  const [key, extra] = name === "auth" ? rest : [undefined, rest[0]];
  if (extra !== undefined) throw new UsageError(`Unexpected argument '${extra}'.`);
  if (name !== "auth" && (values.list !== undefined || values.revoke !== undefined))
    throw new UsageError(`--${values.list === undefined ? "revoke" : "list"} belongs to auth.`);
  if (name !== "serve" && values.port !== undefined) throw new UsageError(`--port belongs to serve: ${name} has no port.`);
  if (name !== "types" && values.level !== undefined)
    throw new UsageError(`--level belongs to types: ${name} shows each caller as much as fits.`);
  const forLog = (["json", "follow", "count", "url"] as const).find((option) => values[option] !== undefined);
  if (name !== "log" && forLog !== undefined) throw new UsageError(`--${forLog} belongs to log: ${name} prints no log.`);
  if (name === "log" && (values.config ?? values.profile) !== undefined)
    throw new UsageError("log reads what every proxy of this user has run: --config and --profile do not belong to it.");
  if (name === "serve" && values.profile !== undefined)
    throw new UsageError(`--profile belongs to stdio and types: serve has every profile, this one at /mcp/${values.profile}.`);
  return {
    name,
    config: values.config ?? "codemode.jsonc",
    port: readPort(values.port ?? "8787"),
    level: readLevel(values.level ?? "full"),
    auth: name === "auth" ? readAuth(key, values.list, values.revoke) : { list: true },
    profile: values.profile,
    json: values.json ?? false,
    follow: values.follow ?? false,
    count: readCount(values.count ?? "20"),
    url: readUrl(values.url),
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

function readAuth(key: string | undefined, list: boolean | undefined, revoke: string | undefined): Command["auth"] {
  if ([key, list, revoke].filter((said) => said !== undefined).length !== 1)
    throw new UsageError("auth takes one of these: the KEY of an upstream, --revoke KEY, --list.");
  if (revoke !== undefined) return { revoke };
  return key === undefined ? { list: true } : { connect: key };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not '${text}'.`);
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,4}$/.test(text) && count >= 1 && count <= 1_000) return count;
  throw new UsageError(`--count takes a number from 1 to 1000, not '${text}'.`);
}

function readUrl(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text;
  throw new UsageError(`--url takes the address of a proxy, as in https://proxy.example.com, not '${text}'.`);
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

// Where a pipe is written to in the background, `process.exit` would cut it.
const write = (text: string) => new Promise<void>((resolve) => void process.stdout.write(text, () => resolve()));

function log({ json, follow, count, url }: Command): Promise<void> {
  const token = process.env["AUTH_TOKEN"]?.trim() || undefined;
  const remote = url === undefined ? {} : { remote: { url, token } };
  return showLog({ json, follow, count, ...remote, folder: stateFolder(process.env), stop: untilStopped(), write });
}

async function run(command: Command): Promise<void> {
  if (command.name === "log") return log(command);
  const setup = readSetup(command.config, process.env, namespaceOf);
  const { profile } = command;
  const profiles = profileNames(setup.config.profiles);
  if (profile !== undefined && !profiles.includes(profile))
    throw new UsageError(
      `There is no profile '${profile}' in the configuration: there ${profiles.length === 1 ? "is" : "are"} ${profiles.join(", ")}.`,
    );
  const stop = untilStopped();
  const warn = (line: string) => void process.stderr.write(`codemode-proxy: ${line}\n`);
  if (setup.config.ignored.length > 0) warn(`Without effect here: ${setup.config.ignored.join(", ")}`);
  if (command.name === "stdio") return serveStdio(setup, { profile, input: process.stdin, output: process.stdout, stop });
  if (command.name === "types") return printTypes(setup, { kind: command.level, profile, stop, write, warn });
  const print = (line: string) => void write(`${line}\n`);
  if (command.name === "auth") {
    const { auth } = command;
    if ("list" in auth) return listConnections(setup, print);
    if ("revoke" in auth) return revokeUpstream(setup, auth.revoke, { stop, print });
    return connectUpstream(setup, auth.connect, { stop, print });
  }
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
