import type { UpstreamStatus } from "../core/tool.ts";

export interface Health {
  readonly status: "ok" | "degraded";
  readonly version: string;
  readonly upstreams: Readonly<Record<string, Partial<UpstreamStatus>>>;
}

/** What `/healthz` answers. Reasons and counts can name hosts and habits of the owner, so a stranger gets the bare states. */
export function healthOf(version: string, upstreams: Readonly<Record<string, UpstreamStatus>>, full: boolean): Health {
  const entries = Object.entries(upstreams);
  return {
    status: entries.every(([, { status }]) => status === "ready") ? "ok" : "degraded",
    version,
    upstreams: Object.fromEntries(entries.map(([key, upstream]) => [key, full ? upstream : { status: upstream.status }])),
  };
}

/** What `/` answers to a person who opens the address in a browser. */
export function welcome(origin: string, needsToken: boolean): string {
  const header = needsToken ? "\n  with the header   Authorization: Bearer <AUTH_TOKEN>" : "";
  return `codemode-proxy: one MCP tool, execute_code, in front of all your MCP servers.

Add this URL to your MCP client:
  ${origin}/mcp${header}

The state of the upstreams: ${origin}/healthz
`;
}
