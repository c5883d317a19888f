/** What programmers know from elsewhere and a sandbox does not have, or has without any use, and what to do instead. */

const NETWORK = "There is no network here: call a tool instead.";
const FILES = "There are no files here: call a tool instead, if a server offers files.";
const NODE = "There is no Node here: no files, no environment, no processes. Call a tool instead.";
const MODULES = "Nothing can be imported here: the tools are globals, and so is all of JavaScript's own library.";
const PAGE = "There is no web page here. Return what the caller is to see.";
const BYTES = "There is no Buffer here: use TextEncoder, TextDecoder, `Uint8Array.fromBase64(text)` and `bytes.toBase64()`.";
const CODE = "Code cannot be made from text here. Write it into the program.";
const TOOL = "Each server is a global of its own: `await server.tool({ ... })`.";
const DATES = "There is no date library here: use Date and Intl.DateTimeFormat.";

const HINTS: Readonly<Record<string, string>> = {
  ...each(
    NETWORK,
    "fetch XMLHttpRequest WebSocket EventSource WebSocketPair axios got ky request superagent http https net caches Cache CacheStorage",
  ),
  ...each(FILES, "fs path fsPromises"),
  ...each(NODE, "process os child_process __dirname __filename Deno Bun setImmediate clearImmediate util"),
  ...each(MODULES, "require module exports _ lodash z zod"),
  ...each(
    PAGE,
    "window document localStorage sessionStorage alert confirm prompt location history indexedDB requestAnimationFrame DOMParser HTMLElement",
  ),
  ...each(BYTES, "Buffer"),
  ...each(CODE, "eval"),
  ...each(TOOL, "tools tool mcp mcpClient client callTool call_tool server servers api invoke use_mcp_tool"),
  ...each(DATES, "moment dayjs luxon Temporal dateFns"),
  ...each("The global object is called globalThis here.", "global"),
  ...each("Write `console.log(...)`, or return the value.", "print echo log puts printf"),
  ...each("Write `await new Promise((resolve) => setTimeout(resolve, ms))`.", "sleep delay wait"),
  ...each("A program has no parameters: write the values into it.", "args input params argv context env event request req res ctx"),
};

/** What to do instead of using `name`, if that is known. */
export function insteadOf(name: string): string | undefined {
  return Object.hasOwn(HINTS, name) ? HINTS[name] : undefined;
}

function each(hint: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, hint]));
}
