/**
 * The members of a `_meta` that may pass from one hop to the next. Keys whose prefix MCP reserves (`io.modelcontextprotocol/`, `mcp.dev/` and
 * their kin; "General fields: _meta" of the specification) mean something between two neighbours alone: forwarded, they would lie.
 */
export function forwardableMeta(meta: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => !isReserved(key)));
}

function isReserved(key: string): boolean {
  const slash = key.indexOf("/");
  if (slash < 0) return false;
  const labels = key.slice(0, slash).toLowerCase().split(".");
  // Since 2025-11-25 the second label decides; before, the last but one did.
  return [labels[1], labels.at(-2)].some((label) => label === "mcp" || label === "modelcontextprotocol");
}
