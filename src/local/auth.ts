import { spawn } from "node:child_process";
import { readJsonc } from "../config/jsonc.ts";
import { CodemodeError } from "../core/errors.ts";
import type { ConnectionState } from "../core/tool.ts";
import { CredentialFiles } from "./credentials.ts";
import { printable } from "./lines.ts";
import { startRuntime } from "./runtime.ts";
import { newSecret, SECRET_HEADER } from "./secret.ts";
import type { Setup } from "./setup.ts";
import { makeStateFolder } from "./state-folder.ts";

export interface AuthOptions {
  /** Fulfilled when the command is to end early. */
  readonly stop: Promise<void>;
  readonly print: (line: string) => void;
}

/** Connects one upstream: prints the link, opens the browser where there is one, and waits. Throws `CodemodeError`. */
export async function connectUpstream(setup: Setup, key: string, { stop, print }: AuthOptions): Promise<void> {
  await withUpstream(setup, key, async (ask) => {
    const { link, ...state } = await ask<ConnectionState>("GET", "");
    if (link === undefined) return tell(key, state, "is connected already", print);
    print(`Sign in here to connect ${printable(key, 60)}:`);
    print(link);
    openBrowser(link);
    const connected = await Promise.race([stop, ask<ConnectionState>("GET", "/wait")]);
    if (connected !== undefined) tell(key, connected, "is connected", print);
  });
}

/** Gives up what is connected, and tells the server that gave it. */
export async function revokeUpstream(setup: Setup, key: string, { print }: AuthOptions): Promise<void> {
  await withUpstream(setup, key, async (ask) => {
    const outcome = await ask<"nothing" | "told" | "untold">("DELETE", "");
    const name = printable(key, 60);
    if (outcome === "nothing") print(`${name} was not connected.`);
    if (outcome === "told") print(`${name} is not connected any more, and its server knows.`);
    if (outcome === "untold") print(`${name} is not connected any more here. Its server could not be told: revoke it there, too.`);
  });
}

/** The upstreams with OAuth in the configuration, and since when each is connected; without starting anything. */
export function listConnections({ config, environment }: Setup, print: (line: string) => void): void {
  const keys = config.upstreams.flatMap((upstream) => (upstream.kind === "http" && upstream.oauth !== undefined ? [upstream.key] : []));
  const stored = keys.length === 0 ? [] : new CredentialFiles(makeStateFolder(environment)).list();
  if (keys.length === 0) print('No upstream has "auth": "oauth".');
  const width = Math.max(0, ...keys.map((key) => printable(key, 60).length));
  for (const key of keys) {
    // A name is the key, a dot, and a word that stands for the address.
    const [found] = stored.filter(({ name }) => name.slice(0, name.lastIndexOf(".")) === key).sort((a, b) => b.savedAt - a.savedAt);
    const state = found === undefined ? "not connected" : `renewed ${new Date(found.savedAt).toISOString()}`;
    print(`${printable(key, 60).padEnd(width)}  ${state}`);
  }
}

type Ask = <T>(method: string, path: string) => Promise<T>;

/** Starts the proxy with this one upstream. */
async function withUpstream(setup: Setup, key: string, use: (ask: Ask) => Promise<void>): Promise<void> {
  const secret = newSecret();
  const runtime = await startRuntime(alone(setup, key), { name: "front", secret });
  try {
    const died = runtime.ended.then((how) => {
      throw new CodemodeError("fault", `workerd ended unexpectedly (${how}).`, { remedy: "Try again." });
    });
    const ask: Ask = async (method, path) => {
      const url = `http://127.0.0.1:${runtime.port}/auth/${encodeURIComponent(key)}${path}`;
      const response = await fetch(url, { method, headers: { [SECRET_HEADER]: secret } });
      if (!response.ok)
        throw new CodemodeError("fault", `The Worker answered HTTP ${response.status}.`, { remedy: "Its own message is above." });
      return response.json() as never;
    };
    await Promise.race([use(ask), died]);
  } finally {
    await runtime.end();
  }
}

/** The same configuration with one upstream: the others are not started for this. */
function alone(setup: Setup, key: string): Setup {
  const upstreams = setup.config.upstreams.filter((upstream) => upstream.key === key);
  const [found] = upstreams;
  if (found?.kind !== "http" || found.oauth === undefined) {
    const keys = setup.config.upstreams.flatMap((upstream) => (upstream.kind === "http" && upstream.oauth ? [upstream.key] : []));
    throw new CodemodeError("config", `No upstream with the key ${JSON.stringify(printable(key, 60))} has "auth": "oauth".`, {
      remedy: keys.length === 0 ? "Write it into the configuration." : `There are: ${keys.map((each) => printable(each, 60)).join(", ")}.`,
    });
  }
  const { mcpServers, limits } = readJsonc(setup.configText).value as { mcpServers: Record<string, unknown>; limits?: unknown };
  const configText = JSON.stringify({ mcpServers: { [key]: mcpServers[key] }, ...(limits !== undefined && { limits }) });
  // The door is closed here: what opens it is not asked for.
  const { signIn: _, ...config } = setup.config;
  return { ...setup, configText, config: { ...config, callers: {}, upstreams } };
}

function tell(key: string, { status, why, tools }: ConnectionState, what: string, print: (line: string) => void): void {
  const name = printable(key, 60);
  if (status === "ready") return print(`${name} ${what}: ${tools === 1 ? "1 tool" : `${tools} tools`}.`);
  throw new CodemodeError(
    "upstream",
    `${name} is ${status === "unavailable" ? "unavailable" : "not connected"}: ${printable(why ?? "no reason given", 200)}.`,
  );
}

/** Where a person sits in front of this machine. A failure does not matter: the link was printed. */
function openBrowser(link: string): void {
  const { platform, env } = process;
  if (!process.stdout.isTTY) return;
  if (platform === "linux" && env["DISPLAY"] === undefined && env["WAYLAND_DISPLAY"] === undefined) return;
  const [file, ...args] = platform === "darwin" ? ["open", link] : platform === "win32" ? ["explorer.exe", link] : ["xdg-open", link];
  spawn(file, args, { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
