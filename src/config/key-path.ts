/** `["mcpServers", "my server", "args", 0]` -> `mcpServers["my server"].args[0]`: where in the configuration something is. */
export function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    // JSON.stringify keeps a hostile key (line breaks, quotes) inside its line.
    if (!/^[\w$-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}
