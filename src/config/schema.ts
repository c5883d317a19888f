import * as z from "zod";
import type { Features } from "../core/features.ts";
import type { Policy } from "../core/policy.ts";
import { type Limit, LIMITS, type LimitName, type Limits } from "../core/limits.ts";
import { headerValueProblem, hostProblem, originProblem, urlProblem } from "./http-checks.ts";
import { oauthClient, upstreamAuth } from "./oauth-schema.ts";
import type { OAuthClient } from "./oauth-schema.ts";
import type { Profile } from "../core/profile.ts";
import { policy } from "./policy-schema.ts";
import { profiles } from "./profile-schema.ts";
import { callers, publicUrl, signIn } from "./sign-in-schema.ts";
import type { Callers, SignIn } from "./sign-in-schema.ts";
import { telemetry } from "./telemetry.ts";
import type { TelemetryInput } from "./telemetry.ts";
import { headerName, plain, text } from "./text-schema.ts";

/** A key that another client writes and that may be left unread: whatever it says, ignoring it grants nothing and hides nothing. */
function ignored(why: string) {
  return z.unknown().optional().describe(`Accepted and ignored: ${why}`);
}

const IGNORED_AT_TOP = {
  globalShortcut: ignored("a setting of Claude Desktop."),
  preferences: ignored("settings of Claude Desktop."),
  isUsingBuiltInNodeForMcp: ignored("a setting of Claude Desktop."),
  coworkUserFilesPath: ignored("a setting of Claude Desktop."),
};

const IGNORED_IN_ENTRY = {
  alwaysAllow: ignored("tools that Cline, Roo Code or Windsurf call without asking. What a caller may do is up to that caller."),
  autoApprove: ignored("tools that Cline or Kiro call without asking. What a caller may do is up to that caller."),
  trust: ignored("whether Gemini CLI calls the tools without asking. What a caller may do is up to that caller."),
  timeout: ignored("clients disagree about its unit. `limits.callMs` holds for every call."),
  name: ignored("a label for people. The key names the upstream."),
  description: ignored("a label for people."),
};

const SHARED = {
  disabled: z.boolean().optional().describe("true leaves this upstream out, as if it were not in the file."),
  passthrough: z
    .boolean()
    .optional()
    .describe(
      "true also offers the tools of this upstream to the caller as they are, beside execute_code. Each costs the model its whole definition.",
    ),
  ...IGNORED_IN_ENTRY,
};

const url = text(urlProblem).meta({
  description:
    "Absolute http or https URL of the MCP endpoint. May hold references such as ${env:NAME}; holds no user name and no password.",
  // For editors alone, and therefore no stricter than the check.
  pattern: "^\\s*[hH][tT][tT][pP][sS]?:|\\$\\{",
  examples: ["https://mcp.example.com/mcp", "https://${env:MCP_HOST}/mcp"],
});

const HTTP_SHARED = {
  headers: z
    .record(headerName, text(headerValueProblem))
    .optional()
    .meta({
      description: "Headers sent with every request to this upstream. Keep secrets out of the file: write a reference.",
      examples: [{ Authorization: "Bearer ${env:GITHUB_TOKEN}" }],
    }),
  auth: upstreamAuth.optional(),
  oauth: oauthClient.optional(),
  type: z
    .enum(["http", "streamable-http", "streamableHttp", "sse"])
    .optional()
    .describe('"sse" speaks the HTTP+SSE transport of 2024 at once. Any other value, or none, tries Streamable HTTP first.'),
  ...SHARED,
};

/** Two tokens cannot be sent at once, and which one is meant nobody can guess. */
const oneToken: z.core.CheckFn<{ auth?: unknown; oauth?: unknown; headers?: Record<string, unknown> | undefined }> = ({
  value,
  issues,
}) => {
  const [name] = Object.keys(value.headers ?? {}).filter((header) => header.toLowerCase() === "authorization");
  if (name === undefined || (value.auth === undefined && value.oauth === undefined)) return;
  issues.push({ code: "custom", path: ["headers", name], message: "Does not go with OAuth, which sends its own.", input: undefined });
};

const httpEntry = z
  .strictObject({ url, ...HTTP_SHARED })
  .check(oneToken)
  .meta({ description: "An upstream that is reached over HTTP." });

const windsurfEntry = z
  .strictObject({ serverUrl: url.describe("The same as `url`, as Windsurf writes it."), ...HTTP_SHARED })
  .check(oneToken)
  .meta({ description: "An upstream that is reached over HTTP, as Windsurf writes it." });

const stdioEntry = z
  .strictObject({
    command: text((value) => (value === "" ? "Is empty." : undefined)).meta({
      description: "The program that is started and spoken to over stdin and stdout. Local runtime only.",
      examples: ["npx", "uvx", "docker"],
    }),
    args: z.array(text()).optional().describe("Its arguments, one string each. No shell reads them. May hold references."),
    env: z
      .record(z.string().regex(/^[^=\0]+$/, { error: "Not the name of an environment variable." }), text())
      .optional()
      .describe("Environment variables for it. May hold references such as ${env:NAME}."),
    cwd: text()
      .optional()
      .describe("Its working directory; a relative one starts at the folder of the configuration file. May hold references."),
    type: z.literal("stdio").optional().describe("May be left out."),
    ...SHARED,
  })
  .meta({ description: "An upstream that is a child process of the local runtime." });

/** The forms of an entry by the key that tells them apart. */
export const ENTRY_FORMS = { url: httpEntry, serverUrl: windsurfEntry, command: stdioEntry } as const;

export type EntryForm = keyof typeof ENTRY_FORMS;

const limits = z.strictObject(
  Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limitValue(limit)])) as Record<
    LimitName,
    ReturnType<typeof limitValue>
  >,
);

function limitValue({ unit, default: preset, max, reason }: Limit) {
  const error = `Expected a whole number from 1 to ${max} (${unit}).`;
  return z.int({ error }).min(1, { error }).max(max, { error }).default(preset).describe(`In ${unit}, ${preset} unless set. ${reason}`);
}

/** How long the description of the execute tool may be. Below the least its first part does not fit; no client takes more than the most. */
export const DESCRIPTION_CHARS = { min: 2_000, default: 16_000, max: 1_000_000 } as const;

const budgetError = `Expected a whole number from ${DESCRIPTION_CHARS.min} to ${DESCRIPTION_CHARS.max} (characters).`;
const budget = z
  .int({ error: budgetError })
  .min(DESCRIPTION_CHARS.min, { error: budgetError })
  .max(DESCRIPTION_CHARS.max, { error: budgetError });

function featureSwitch(what: string) {
  return z
    .boolean()
    .default(true)
    .describe(`${what} false: callers and programs do not get them, and callers are not told that there are any.`);
}

/** The one source of the configuration's keys, defaults and help. `schemas/config.schema.json` is generated from it. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where an editor finds the JSON Schema of this file."),
    mcpServers: z
      .record(z.string().min(1, { error: "The key is empty." }), z.union([ENTRY_FORMS.url, ENTRY_FORMS.serverUrl, ENTRY_FORMS.command]))
      .meta({
        description:
          "The upstreams, in the shape that Claude Desktop, Claude Code, Cursor and Windsurf use. A key becomes the namespace of its tools.",
        examples: [{ github: { url: "https://api.githubcopilot.com/mcp/", headers: { Authorization: "Bearer ${env:GITHUB_TOKEN}" } } }],
      }),
    auth: z
      .enum(["token", "none"])
      .default("token")
      .describe(
        '"token": callers of /mcp show the secret AUTH_TOKEN; a deployed Worker without that secret refuses all of them, a local one is open ' +
          'on loopback. "none": without that secret whoever reaches the proxy may use every upstream. A secret that is set is always asked for.',
      ),
    callers,
    signIn: signIn.optional(),
    publicUrl: publicUrl.optional(),
    description: z
      .strictObject({
        maxChars: budget
          .default(DESCRIPTION_CHARS.default)
          .describe(`At most so many characters, ${DESCRIPTION_CHARS.default} unless set.`),
      })
      .prefault({})
      .describe(
        "The tool's description: the contract, the servers, and as much of their tools as fits. A caller may ask for another size in the URL, as in " +
          "/mcp?description=2000, for a client that cuts.",
      ),
    policy,
    profiles,
    audit: z
      .strictObject({
        programs: z
          .boolean()
          .default(false)
          .describe("true also keeps the text of programs, whatever they have in it, not their SHA-256 alone."),
      })
      .prefault({})
      .describe("What is kept of each execution, besides who ran it, with which client, its calls, approvals and outcome."),
    telemetry: telemetry.optional(),
    result: z
      .strictObject({
        structuredContent: z
          .boolean()
          .default(false)
          .describe(
            "true also gives the returned value as structured content, { value }, for clients that are programs. Several clients then hide " +
              "text and images of the result from the model.",
          ),
      })
      .prefault({})
      .describe("In which form the caller gets what a program returns."),
    features: z
      .strictObject({
        resources: featureSwitch("Resources and their templates, for callers and programs."),
        prompts: featureSwitch("Prompts, for callers and programs."),
        completions: featureSwitch("Completion of arguments of prompts and of resource templates."),
        logging: featureSwitch("Log messages of upstreams, for callers who have asked for a level."),
      })
      .prefault({})
      .describe("What of the upstreams is passed on besides their tools. All of it unless switched off."),
    learn: z
      .boolean()
      .default(true)
      .describe(
        "Whether the structure of results is remembered (names and kinds of properties, never a value), to tell programs what tools without an outputSchema return.",
      ),
    check: z
      .enum(["off", "warn", "error"])
      .default("error")
      .describe(
        'What is done with a program that certainly misuses a tool or the sandbox. "error": it is not run, and the answer says why. "warn": it is run, ' +
          'and the answer says so besides. "off": programs are not checked.',
      ),
    limits: limits.prefault({}).describe("Limits in force. A key that is left out has its default."),
    allowedHosts: z
      .array(plain(hostProblem))
      .default([])
      .meta({
        description:
          "Host names accepted in the Host header besides loopback and the proxy's own, without port. All others are refused: DNS rebinding.",
        examples: [["proxy.example.com"]],
      }),
    allowedOrigins: z
      .array(plain(originProblem))
      .default([])
      .meta({
        description: "Origins accepted in the Origin header besides the proxy's own: the web pages that may call the proxy.",
        examples: [["https://app.example.com"]],
      }),
    ...IGNORED_AT_TOP,
  })
  .meta({
    title: "codemode-proxy configuration",
    description: "codemode.jsonc: the upstreams behind the proxy, who may call it, and its limits.",
    // Read by VS Code, which otherwise marks both in a .jsonc file.
    allowComments: true,
    allowTrailingCommas: true,
  });

/** The keys that may stand at the top and in an entry of each form, without the ignored ones. */
export const VALID_KEYS = {
  top: keysOf(configSchema.shape, IGNORED_AT_TOP),
  url: keysOf(httpEntry.shape, IGNORED_IN_ENTRY),
  serverUrl: keysOf(windsurfEntry.shape, IGNORED_IN_ENTRY),
  command: keysOf(stdioEntry.shape, IGNORED_IN_ENTRY),
} as const;

export const IGNORED_KEYS = { top: Object.keys(IGNORED_AT_TOP), entry: Object.keys(IGNORED_IN_ENTRY) } as const;

function keysOf(shape: object, without: object): readonly string[] {
  return Object.keys(shape).filter((key) => !Object.hasOwn(without, key));
}

interface AnyUpstreamConfig {
  readonly key: string;
  readonly namespace: string;
  /** Its tools are also offered to the caller, one by one. */
  readonly passthrough?: true;
}

export interface HttpUpstreamConfig extends AnyUpstreamConfig {
  readonly kind: "http";
  /** May hold references, as every other string of an upstream may. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** "auto" tries Streamable HTTP first. */
  readonly transport: "auto" | "sse";
  /** The token comes by OAuth. */
  readonly oauth?: OAuthClient;
}

export interface StdioUpstreamConfig extends AnyUpstreamConfig {
  readonly kind: "stdio";
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export type UpstreamConfig = HttpUpstreamConfig | StdioUpstreamConfig;

/** The configuration as the rest of the proxy sees it. References are not resolved yet. */
export interface Config {
  /** In the order of the file, without the disabled ones. */
  readonly upstreams: readonly UpstreamConfig[];
  readonly auth: "token" | "none";
  /** By name. The tokens are references. */
  readonly callers: Callers;
  readonly signIn?: SignIn;
  readonly publicUrl?: string;
  readonly description: { readonly maxChars: number };
  readonly policy: Policy;
  /** By name, without those that are built in. Their servers exist, their limits are no larger than `limits`. */
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly audit: { readonly programs: boolean };
  readonly telemetry?: TelemetryInput;
  readonly result: { readonly structuredContent: boolean };
  readonly features: Features;
  readonly learn: boolean;
  readonly check: "off" | "warn" | "error";
  readonly limits: Limits;
  /** In lower case. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Key paths that were accepted from another client's file and have no effect, for the runtime to mention. */
  readonly ignored: readonly string[];
}
