import { describe, expect, it } from "vitest";
import type { Config, UpstreamConfig } from "../../../src/config/schema.ts";
import { DEFAULT_LIMITS, LIMITS } from "../../../src/core/limits.ts";
import { parse } from "./parse.ts";

interface Pasted {
  readonly from: string;
  readonly text: string;
  readonly upstreams: readonly UpstreamConfig[];
  readonly ignored?: readonly string[];
}

const PASTED: readonly Pasted[] = [
  {
    from: "Claude Desktop",
    text: `{
      "globalShortcut": "Ctrl+Space",
      "isUsingBuiltInNodeForMcp": true,
      "preferences": { "menuBarEnabled": false },
      "mcpServers": {
        "filesystem": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "C:\\\\Users\\\\me\\\\Desktop"] },
        "brave-search": { "command": "npx", "args": ["-y", "brave"], "env": { "BRAVE_API_KEY": "key-123" } }
      }
    }`,
    upstreams: [
      {
        kind: "stdio",
        key: "filesystem",
        namespace: "filesystem",
        command: "npx",
        args: ["-y", "@modelcontextprotocol/server-filesystem", "C:\\Users\\me\\Desktop"],
        env: {},
      },
      {
        kind: "stdio",
        key: "brave-search",
        namespace: "brave_search",
        command: "npx",
        args: ["-y", "brave"],
        env: { BRAVE_API_KEY: "key-123" },
      },
    ],
    ignored: ["globalShortcut", "preferences", "isUsingBuiltInNodeForMcp"],
  },
  {
    from: "nobody else: OAuth",
    text: `{
      "mcpServers": {
        "notion": { "url": "https://mcp.notion.com/mcp", "auth": "oauth" },
        "linear": { "url": "https://mcp.linear.app/mcp", "oauth": { "clientId": "abc", "clientSecret": "\${env:LINEAR_SECRET}", "scope": "read write" } },
      },
    }`,
    upstreams: [
      { kind: "http", key: "notion", namespace: "notion", url: "https://mcp.notion.com/mcp", headers: {}, transport: "auto", oauth: {} },
      {
        kind: "http",
        key: "linear",
        namespace: "linear",
        url: "https://mcp.linear.app/mcp",
        headers: {},
        transport: "auto",
        oauth: { clientId: "abc", clientSecret: "${env:LINEAR_SECRET}", scope: "read write" },
      },
    ],
  },
  {
    from: "Cursor",
    text: `{
      "mcpServers": {
        "remote": { "url": "https://api.example.com/mcp", "headers": { "Authorization": "Bearer \${env:MY_TOKEN}" } },
        "local": { "type": "stdio", "command": "python", "args": ["\${workspaceFolder}/server.py"], "env": { "HOME": "\${userHome}" } },
      },
    }`,
    upstreams: [
      {
        kind: "http",
        key: "remote",
        namespace: "remote",
        url: "https://api.example.com/mcp",
        headers: { Authorization: "Bearer ${env:MY_TOKEN}" },
        transport: "auto",
      },
      {
        kind: "stdio",
        key: "local",
        namespace: "local",
        command: "python",
        args: ["${workspaceFolder}/server.py"],
        env: { HOME: "${userHome}" },
      },
    ],
  },
  {
    from: "Windsurf",
    text: `{
      "mcpServers": {
        "figma": { "serverUrl": "https://mcp.figma.com/mcp", "headers": { "X-Key": "\${env:FIGMA}" }, "alwaysAllow": ["get_file"], "disabled": false }
      }
    }`,
    upstreams: [
      {
        kind: "http",
        key: "figma",
        namespace: "figma",
        url: "https://mcp.figma.com/mcp",
        headers: { "X-Key": "${env:FIGMA}" },
        transport: "auto",
      },
    ],
    ignored: ["mcpServers.figma.alwaysAllow"],
  },
  {
    from: "Claude Code",
    text: `{
      "mcpServers": {
        "api": { "type": "http", "url": "\${API_BASE_URL:-https://api.example.com}/mcp", "headers": { "Authorization": "Bearer \${API_KEY}" } },
        "asana": { "type": "sse", "url": "https://mcp.asana.com/sse" },
        "db": { "command": "/usr/bin/db-server", "args": ["--config", "/etc/db.json"], "env": {} }
      }
    }`,
    upstreams: [
      {
        kind: "http",
        key: "api",
        namespace: "api",
        url: "${API_BASE_URL:-https://api.example.com}/mcp",
        headers: { Authorization: "Bearer ${API_KEY}" },
        transport: "auto",
      },
      { kind: "http", key: "asana", namespace: "asana", url: "https://mcp.asana.com/sse", headers: {}, transport: "sse" },
      {
        kind: "stdio",
        key: "db",
        namespace: "db",
        command: "/usr/bin/db-server",
        args: ["--config", "/etc/db.json"],
        env: {},
      },
    ],
  },
  {
    from: "Cline and Roo Code",
    text: `{
      "mcpServers": {
        "github": { "command": "docker", "args": ["run", "-i"], "cwd": "/srv", "autoApprove": [], "disabled": false, "timeout": 60 },
        "old": { "command": "nothing", "disabled": true, "timeout": 60 },
        "web": { "type": "streamableHttp", "url": "http://localhost:3000/mcp", "alwaysAllow": [] },
        "web2": { "type": "streamable-http", "url": "http://127.0.0.1:3001/mcp" }
      }
    }`,
    upstreams: [
      { kind: "stdio", key: "github", namespace: "github", command: "docker", args: ["run", "-i"], env: {}, cwd: "/srv" },
      { kind: "http", key: "web", namespace: "web", url: "http://localhost:3000/mcp", headers: {}, transport: "auto" },
      { kind: "http", key: "web2", namespace: "web2", url: "http://127.0.0.1:3001/mcp", headers: {}, transport: "auto" },
    ],
    ignored: ["mcpServers.github.autoApprove", "mcpServers.github.timeout", "mcpServers.old.timeout", "mcpServers.web.alwaysAllow"],
  },
];

describe("files of other clients", () => {
  it.each(PASTED)("$from's works as it is", ({ text, upstreams, ignored = [] }) => {
    expect(parse(text)).toEqual({
      upstreams,
      auth: "token",
      callers: {},
      description: { maxChars: 16_000 },
      policy: { tools: {}, byKind: { readOnly: "allow", destructive: "allow", other: "allow" } },
      profiles: {},
      audit: { programs: false },
      result: { structuredContent: false },
      features: { resources: true, prompts: true, completions: true, logging: true },
      learn: true,
      check: "error",
      limits: DEFAULT_LIMITS,
      allowedHosts: [],
      allowedOrigins: [],
      ignored,
    } satisfies Config);
  });
});

describe("our own sections", () => {
  it("lays limits over the defaults, up to each one's largest value", () => {
    const largest = Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.max]));
    expect(parse({ mcpServers: {}, limits: { callMs: 1 } }).limits).toEqual({ ...DEFAULT_LIMITS, callMs: 1 });
    expect(parse({ mcpServers: {}, limits: largest }).limits).toEqual(largest);
  });

  it("takes auth, hosts in lower case, and origins", () => {
    const config = parse({
      mcpServers: {},
      auth: "none",
      allowedHosts: ["Proxy.Example.com", "[fd00::1]", "10.0.0.7"],
      allowedOrigins: ["https://app.example.com", "http://localhost:5173", "chrome-extension://abcdef"],
    });
    expect(config.auth).toBe("none");
    expect(config.allowedHosts).toEqual(["proxy.example.com", "[fd00::1]", "10.0.0.7"]);
    expect(config.allowedOrigins).toEqual(["https://app.example.com", "http://localhost:5173", "chrome-extension://abcdef"]);
  });

  it.each(["off", "warn", "error"] as const)("takes check: %s", (check) => {
    expect(parse({ mcpServers: {}, check }).check).toBe(check);
  });

  it("takes a form of results", () => {
    expect(parse({ mcpServers: {}, result: { structuredContent: true } }).result).toEqual({ structuredContent: true });
  });

  it("takes a size for the description", () => {
    for (const maxChars of [2_000, 1_000_000])
      expect(parse({ mcpServers: {}, description: { maxChars } }).description).toEqual({ maxChars });
  });

  it("passes all features on but those that are switched off", () => {
    expect(parse({ mcpServers: {}, features: { prompts: false } }).features).toEqual({
      resources: true,
      prompts: false,
      completions: true,
      logging: true,
    });
  });

  it("learns from results unless it is told not to", () => {
    expect(parse({ mcpServers: {} }).learn).toBe(true);
    expect(parse({ mcpServers: {}, learn: false }).learn).toBe(false);
  });

  it("takes a policy", () => {
    const tools = { "github.delete_*": "deny", "*": "ask" };
    expect(parse({ mcpServers: {}, policy: { tools, destructive: "ask" } }).policy).toEqual({
      tools,
      byKind: { readOnly: "allow", destructive: "ask", other: "allow" },
    });
  });

  it("keeps programs' texts only if it is told to", () => {
    expect(parse({ mcpServers: {} }).audit).toEqual({ programs: false });
    expect(parse({ mcpServers: {}, audit: { programs: true } }).audit).toEqual({ programs: true });
  });

  it("takes a collector", () => {
    expect(parse({ mcpServers: {}, telemetry: { endpoint: "http://localhost:4318" } }).telemetry).toEqual({
      endpoint: "http://localhost:4318",
      headers: {},
    });
    const telemetry = { endpoint: "${COLLECTOR}", headers: { "x-key": "${env:KEY}" } };
    expect(parse({ mcpServers: {}, telemetry }).telemetry).toEqual(telemetry);
  });

  it("takes profiles, and callers that are bound to one", () => {
    const mcpServers = { a: { url: "https://example.com" }, b: { command: "x", disabled: true } };
    const profiles = {
      review: { servers: ["a", "b"], tools: ["a.get_*"], policy: { destructive: "ask" }, limits: { calls: 1_000, parkMs: 1 } },
      empty: {},
    };
    const callers = { kiosk: { token: "${K}", profile: "review" }, reader: { token: "${R}", profile: "readonly" } };
    const config = parse({ mcpServers, profiles, callers });
    const byKind = { readOnly: "allow", destructive: "allow", other: "allow" };
    expect(config.profiles).toEqual({
      review: { ...profiles.review, policy: { tools: {}, byKind: { ...byKind, destructive: "ask" } } },
      empty: { policy: { tools: {}, byKind }, limits: {} },
    });
    expect(config.callers).toEqual(callers);
  });

  it("takes callers, a way to sign in, and the public origin", () => {
    const callers = { laptop: { token: "${env:LAPTOP_TOKEN}" }, ci_1: { token: "${CI_TOKEN}" } };
    const signIn = {
      oidc: {
        issuer: "https://id.example.com",
        clientId: "proxy",
        clientSecret: "${env:OIDC_SECRET}",
        allow: { subjects: ["1"], emails: [], domains: ["example.com"] },
      },
    };
    const config = parse({ mcpServers: {}, callers, signIn, publicUrl: "https://tools.example.com" });
    expect(config).toMatchObject({ callers, signIn, publicUrl: "https://tools.example.com" });
    expect(parse({ mcpServers: {}, signIn: { passphrase: "${P}" } }).signIn).toEqual({ passphrase: "${P}" });
  });

  it("allows no upstreams, comments, trailing commas and a byte order mark", () => {
    expect(parse('\uFEFF// mine\n{ "$schema": "./x.json", /* none yet */ "mcpServers": {}, }').upstreams).toEqual([]);
  });
});

describe("keys that mean something to JavaScript", () => {
  it("are keys like any other", () => {
    const keys = ["constructor", "toString", "hasOwnProperty", "prototype"];
    const config = parse({
      mcpServers: Object.fromEntries(keys.map((key) => [key, { url: "https://example.com", headers: { constructor: "x" } }])),
    });
    expect(config.upstreams.map((upstream) => upstream.key)).toEqual(keys);
    expect(config.upstreams.map((upstream) => upstream.kind === "http" && Object.entries(upstream.headers))).toEqual(
      keys.map(() => [["constructor", "x"]]),
    );
  });
});

describe("passthrough", () => {
  it.each<{ passthrough?: boolean }[]>([[{}], [{ passthrough: false }], [{ passthrough: true }]])(
    "is what the upstream says: %j",
    (more) => {
      const config = parse({ mcpServers: { a: { url: "https://example.com", ...more }, b: { command: "x", ...more } } });
      expect(config.upstreams.map(({ passthrough }) => passthrough === true)).toEqual([
        more.passthrough === true,
        more.passthrough === true,
      ]);
    },
  );
});

describe("a disabled upstream", () => {
  it("takes no namespace from another", () => {
    const config = parse({ mcpServers: { "a-b": { url: "https://example.com", disabled: true }, a_b: { command: "x" } } });
    expect(config.upstreams.map((upstream) => upstream.key)).toEqual(["a_b"]);
  });
});
