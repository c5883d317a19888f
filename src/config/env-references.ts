import { CodemodeError } from "../core/errors.ts";
import { headerValueProblem, urlProblem } from "./http-checks.ts";
import { keyPath } from "./key-path.ts";
import type { OAuthClient } from "./oauth-schema.ts";
import { replaceReferences } from "./reference-grammar.ts";
import type { HttpUpstreamConfig, StdioUpstreamConfig } from "./schema.ts";

/** Looks one environment variable up. */
export type Environment = (name: string) => string | undefined;

/**
 * The value with every reference resolved. `path` is the key path that says where the value stands. Throws `CodemodeError("config")` for a variable that is
 * not set and has no default; the message names the variable and the key path, never a value.
 */
export function resolveReferences(value: string, path: string, env: Environment): string {
  return replaceReferences(value, (name, fallback) => {
    const found: unknown = env(name);
    // A lookup in a plain object answers `${constructor}` with a function.
    if (typeof found === "string") return found;
    if (fallback !== undefined) return fallback;
    throw new CodemodeError("config", `${path}: environment variable ${name} is not set`, {
      remedy: `Set ${name} in the environment of the proxy (a secret of the Worker if it is deployed), or write \${env:${name}:-default}.`,
    });
  });
}

/** What is known of the proxy as an OAuth client of an upstream, ready for use. Throws `CodemodeError("config")` as `resolveReferences` does. */
export function resolveOAuthClient(key: string, { clientId, clientSecret, scope }: OAuthClient, env: Environment): OAuthClient {
  const resolve = (value: string, name: string) => resolveReferences(value, keyPath(["mcpServers", key, "oauth", name]), env).trim();
  return {
    ...(clientId !== undefined && { clientId: resolve(clientId, "clientId") }),
    ...(clientSecret !== undefined && { clientSecret: resolve(clientSecret, "clientSecret") }),
    ...(scope !== undefined && { scope }),
  };
}

/** The URL and the headers of an upstream, ready for use. Throws `CodemodeError("config")` if one cannot be resolved or is not valid then. */
export function resolveHttpUpstream(upstream: HttpUpstreamConfig, env: Environment): { url: string; headers: Record<string, string> } {
  const resolve = (value: string, path: string, problemOf: (text: string) => string | undefined) => {
    // A secret that was piped from a file ends in a line break.
    const resolved = resolveReferences(value, path, env).trim();
    const problem = problemOf(resolved);
    if (problem !== undefined)
      throw new CodemodeError("config", `${path}: ${problem}`, { remedy: "Check the variables that it refers to." });
    return resolved;
  };
  const at = (...rest: string[]) => keyPath(["mcpServers", upstream.key, ...rest]);
  return {
    url: resolve(upstream.url, at("url"), urlProblem),
    headers: mapValues(upstream.headers, (value, name) => resolve(value, at("headers", name), headerValueProblem)),
  };
}

/** What starts an upstream's child process. Throws `CodemodeError("config")` as `resolveReferences` does. */
export function resolveStdioUpstream(
  upstream: StdioUpstreamConfig,
  env: Environment,
): { command: string; args: string[]; env: Record<string, string>; cwd?: string } {
  const at = (...rest: PropertyKey[]) => keyPath(["mcpServers", upstream.key, ...rest]);
  return {
    command: resolveReferences(upstream.command, at("command"), env),
    args: upstream.args.map((value, index) => resolveReferences(value, at("args", index), env)),
    env: mapValues(upstream.env, (value, name) => resolveReferences(value, at("env", name), env)),
    ...(upstream.cwd === undefined ? {} : { cwd: resolveReferences(upstream.cwd, at("cwd"), env) }),
  };
}

/** An environment that also answers Cursor's `${userHome}` and `${workspaceFolder}`, which only the local runtime knows. */
export function withFolders(env: Environment, folders: { readonly userHome: string; readonly workspaceFolder: string }): Environment {
  return (name) => env(name) ?? (name === "userHome" ? folders.userHome : name === "workspaceFolder" ? folders.workspaceFolder : undefined);
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string, key: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
