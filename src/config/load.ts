import type * as z from "zod";
import { CodemodeError } from "../core/errors.ts";
import { readJsonc } from "./jsonc.ts";
import { keyPath } from "./key-path.ts";
import { judge } from "./problems.ts";
import { profileProblems } from "./profile-problems.ts";
import { type Config, type configSchema, IGNORED_KEYS, type UpstreamConfig } from "./schema.ts";

export interface ParseOptions {
  /** The namespace that a key of `mcpServers` becomes. */
  readonly namespaceOf: (key: string) => string;
  /** What the text is called in messages, as in `codemode.jsonc`. */
  readonly source?: string;
}

const EXAMPLE = '{ "mcpServers": { "everything": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-everything"] } } }';

/** A text can be wrong on every line; the first ones say enough. */
const MAX_SYNTAX_LINES = 10;

/**
 * The configuration that a JSONC text describes. Throws `CodemodeError("config")` with every problem at once, one on each line: syntax
 * errors as `line:column: sentence` (then nothing else is judged), all others as `key path: sentence`. No line quotes a value.
 */
export function parseConfig(text: string, options: ParseOptions): Config {
  const { value, syntax, problems } = readJsonc(text);
  if (syntax.length > 0) {
    const more = syntax.length - MAX_SYNTAX_LINES;
    const prefix = options.source === undefined ? "" : `${options.source}:`;
    const lines = syntax.slice(0, MAX_SYNTAX_LINES).map((line) => prefix + line);
    throw refusal(more > 0 ? [...lines, `... and ${more} more lines`] : lines, options);
  }
  // An empty text is a file that nobody has filled in yet.
  const raw = value === undefined ? {} : value;
  const judged = judge(raw);
  const all = [
    ...problems,
    ...(judged.problems ?? []),
    ...collisions(raw, options.namespaceOf),
    ...(judged.config === undefined ? [] : profileProblems(judged.config)),
  ];
  if (judged.config === undefined || all.length > 0) throw refusal([...new Set(all)], options);
  return normalise(judged.config, options.namespaceOf);
}

function refusal(lines: readonly string[], { source = "the configuration" }: ParseOptions): CodemodeError {
  const remedy =
    lines.length === 1 && lines[0] === "mcpServers: Missing."
      ? `A minimal configuration: ${EXAMPLE}`
      : `Correct ${source} and start again.`;
  return new CodemodeError("config", lines.join("\n"), { remedy });
}

function normalise(input: z.output<typeof configSchema>, namespaceOf: (key: string) => string): Config {
  const entries = Object.entries(input.mcpServers);
  return {
    upstreams: entries.flatMap(([key, entry]): UpstreamConfig[] => {
      if (entry.disabled === true) return [];
      const shared = { key, namespace: namespaceOf(key), ...(entry.passthrough === true && { passthrough: true as const }) };
      if ("command" in entry) {
        const { command, args = [], env = {}, cwd } = entry;
        return [{ kind: "stdio", ...shared, command, args, env, ...(cwd === undefined ? {} : { cwd }) }];
      }
      const url = "url" in entry ? entry.url : entry.serverUrl;
      const oauth = entry.oauth ?? (entry.auth === "oauth" ? {} : undefined);
      const transport = entry.type === "sse" ? "sse" : "auto";
      return [{ kind: "http", ...shared, url, headers: entry.headers ?? {}, transport, ...(oauth !== undefined && { oauth }) }];
    }),
    auth: input.auth,
    callers: input.callers,
    ...(input.signIn !== undefined && { signIn: input.signIn }),
    ...(input.publicUrl !== undefined && { publicUrl: input.publicUrl }),
    description: input.description,
    policy: policyFrom(input.policy),
    profiles: Object.fromEntries(
      Object.entries(input.profiles).map(([name, { servers, tools, policy, limits }]) => [
        name,
        { ...(servers !== undefined && { servers }), ...(tools !== undefined && { tools }), policy: policyFrom(policy), limits },
      ]),
    ),
    audit: input.audit,
    ...(input.telemetry !== undefined && { telemetry: input.telemetry }),
    result: input.result,
    features: input.features,
    learn: input.learn,
    check: input.check,
    limits: input.limits,
    allowedHosts: input.allowedHosts.map((host) => host.toLowerCase()),
    allowedOrigins: input.allowedOrigins,
    ignored: [
      ...IGNORED_KEYS.top.filter((name) => Object.hasOwn(input, name)),
      ...entries.flatMap(([key, entry]) =>
        IGNORED_KEYS.entry.filter((name) => Object.hasOwn(entry, name)).map((name) => keyPath(["mcpServers", key, name])),
      ),
    ],
  };
}

function policyFrom({ tools, readOnly, destructive, other }: z.output<typeof configSchema>["policy"]): Config["policy"] {
  return { tools, byKind: { readOnly, destructive, other } };
}

/** Judged on the raw value, so that they are reported together with whatever else is wrong. */
function collisions(raw: unknown, namespaceOf: (key: string) => string): string[] {
  const servers = (raw as { mcpServers?: unknown } | null)?.mcpServers;
  if (typeof servers !== "object" || servers === null || Array.isArray(servers)) return [];
  const owners = new Map<string, string>();
  return Object.entries(servers).flatMap(([key, entry]: [string, { disabled?: unknown } | null]) => {
    if (entry?.disabled === true) return [];
    const namespace = namespaceOf(key);
    const owner = owners.get(namespace);
    if (owner === undefined) {
      owners.set(namespace, key);
      return [];
    }
    return [
      `${keyPath(["mcpServers", key])}: Makes the namespace "${namespace}", as ${JSON.stringify(owner)} does. Rename one of the two keys.`,
    ];
  });
}
