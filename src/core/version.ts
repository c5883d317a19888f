import { version } from "../../package.json";

/** How the proxy names itself in both directions of MCP. */
export const IMPLEMENTATION = { name: "codemode-proxy", title: "Code Mode Proxy", version } as const;
