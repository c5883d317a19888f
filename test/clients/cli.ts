import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ANTHROPIC } from "./anthropic.ts";
import { GEMINI } from "./gemini.ts";
import type { Dialect } from "./model-api.ts";
import { OPENAI } from "./openai.ts";

/** How a client reaches the proxy: a URL, or a command that it starts. */
export type Server = { readonly url: string } | { readonly command: string; readonly args: readonly string[] };

interface Launch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One vendor's command-line client. */
export interface Cli {
  readonly name: string;
  /** Its package and exact version: what was seen holds for that alone. */
  readonly package: string;
  readonly version: string;
  readonly bin: string;
  readonly dialect: Dialect;
  /** Writes its configuration into an empty home: this server, this API for its model, no sign-in, nothing sent anywhere else. */
  prepare(home: string, server: Server, api: string): Promise<Launch>;
}

const PROMPT = "Run the program.";

export const CLIS: readonly Cli[] = [
  {
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    version: "2.1.197",
    bin: "claude",
    dialect: ANTHROPIC,
    async prepare(home, server, api) {
      const file = join(home, "mcp.json");
      const entry = "url" in server ? { type: "http", url: server.url } : { type: "stdio", ...server };
      await writeFile(file, JSON.stringify({ mcpServers: { codemode: entry } }));
      return {
        args: ["-p", PROMPT, "--mcp-config", file, "--strict-mcp-config", "--allowedTools", "mcp__codemode__execute_code"],
        env: {
          ANTHROPIC_BASE_URL: api,
          ANTHROPIC_API_KEY: "none",
          CLAUDE_CONFIG_DIR: join(home, ".claude"),
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
          DISABLE_AUTOUPDATER: "1",
          // Or the turn begins without the servers that have not answered yet.
          MCP_CONNECTION_NONBLOCKING: "0",
        },
      };
    },
  },
  {
    name: "Codex CLI",
    package: "@openai/codex",
    version: "0.171.0",
    bin: "codex",
    dialect: OPENAI,
    async prepare(home, server, api) {
      const folder = join(home, ".codex");
      await mkdir(folder);
      const entry =
        "url" in server
          ? [`url = ${JSON.stringify(server.url)}`]
          : [`command = ${JSON.stringify(server.command)}`, `args = ${JSON.stringify(server.args)}`];
      const lines = [
        'model = "scripted"',
        'model_provider = "scripted"',
        'approval_policy = "never"',
        "[analytics]",
        "enabled = false",
        "[model_providers.scripted]",
        'name = "scripted"',
        `base_url = ${JSON.stringify(`${api}/v1`)}`,
        'wire_api = "responses"',
        'env_key = "SCRIPTED_KEY"',
        "[mcp_servers.codemode]",
        ...entry,
        'default_tools_approval_mode = "approve"',
        // Or the turn begins without the servers that have not answered yet.
        "required = true",
      ];
      await writeFile(join(folder, "config.toml"), `${lines.join("\n")}\n`);
      const args = ["exec", "--skip-git-repo-check", "--sandbox", "read-only", PROMPT];
      return { args, env: { CODEX_HOME: folder, SCRIPTED_KEY: "none" } };
    },
  },
  {
    name: "Gemini CLI",
    package: "@google/gemini-cli",
    version: "0.61.0",
    bin: "gemini",
    dialect: GEMINI,
    async prepare(home, server, api) {
      const entry = "url" in server ? { httpUrl: server.url } : server;
      const settings = {
        mcpServers: { codemode: { ...entry, trust: true } },
        security: { auth: { selectedType: "gemini-api-key" }, folderTrust: { enabled: false } },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
        general: { enableAutoUpdate: false, disableAutoUpdate: true },
      };
      await mkdir(join(home, ".gemini"));
      await writeFile(join(home, ".gemini", "settings.json"), JSON.stringify(settings));
      return {
        args: ["--model", "gemini-2.5-flash", "--yolo", "-p", PROMPT],
        env: { GEMINI_API_KEY: "none", GOOGLE_GEMINI_BASE_URL: api },
      };
    },
  },
];
