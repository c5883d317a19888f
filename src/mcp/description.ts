import { withinBudget } from "../catalog/budget.ts";
import type { Catalog, CatalogNamespace } from "../catalog/catalog.ts";
import { clip, commentLines } from "../catalog/comment.ts";
import { programTool } from "../catalog/program-tool.ts";
import { firstSentence } from "../catalog/prose.ts";

/** Clients cut descriptions at 2,000 characters and more: this much stands alone, whatever comes behind it. */
export const HEAD_CHARS = 1_800;
const MAX_SENTENCE = 90;
/** Some names show what a server is about; all of them are in the declarations. */
const MAX_NAMES = 90;
const MIN_NAMES = 3;
const MAX_WHY = 60;

/**
 * The description of the execute tool within `maxChars` (2,000 or more): the contract and the servers, then as much of the declarations as fits.
 * The same catalog gives the same bytes.
 */
export function describeTool(catalog: Catalog, maxChars: number): string {
  const head = headOf(catalog, CONTRACT + besidesTools(catalog)) ?? headOf(catalog, CONTRACT) ?? someServers(catalog);
  const { text, note } = withinBudget(catalog, maxChars - head.length - DECLARED.length - 4);
  return [head, ...(text === "" ? [] : [DECLARED + text.trimEnd()]), ...(note === "" ? [] : [note])].join("\n\n");
}

const DECLARED = "The tools, in TypeScript:\n\n";

export const CONTRACT = `Runs a TypeScript or JavaScript program that calls the tools of MCP servers. Each server is a global object, each of its tools an async method that takes one object.

const issues = await tracker.list_issues({ state: "open" });
return issues.filter((issue) => issue.labels.includes("bug")).map(({ id, title }) => ({ id, title }));

- Write plain statements with top-level await and return what you want to see: text as it is, images as such, all else as JSON; the console follows. What is too long is shortened: codemode.result(id) in a later program has all of it. codemode.emit(content) shows something at once.
- Do the whole task in one program: loop, filter and join there, Promise.all for independent calls, return only what matters.
- A call gives the tool's structured result, else the value in its JSON text, else its text, else its content blocks. Without a declared type it is any: look before you rely on it.
- A failed call throws a ToolError (message, namespace, tool, content). An uncaught one ends the program; you get its line and the calls made so far.
- await codemode.search("words") finds tools: [{ name, signature, description }]. codemode.describe("server.tool" or "server") tells all about them, codemode.namespaces() lists the servers, codemode.raw("server.tool", args) gives the untouched MCP result.
- No imports, no network, no files; nothing is kept from one program to the next.`;

/** One line, and only where there is something; `codemode.namespaces()` says more. */
function besidesTools({ namespaces }: Catalog): string {
  const ways = [
    ...(namespaces.some(({ resources }) => resources) ? ["codemode.resources.list() and .read(uri)"] : []),
    ...(namespaces.some(({ prompts }) => prompts) ? ["codemode.prompts.list() and .get(name, args)"] : []),
  ];
  return ways.length === 0 ? "" : `\n- Besides tools: ${ways.join(", ")}.`;
}

/** The contract and the servers, or undefined where not even the names of all have room behind it. */
function headOf(catalog: Catalog, contract: string): string | undefined {
  const list = serverList(catalog, HEAD_CHARS - contract.length - 2);
  return list && `${contract}\n\n${list}`;
}

/** Every server with its count and a line of its own, less of each where there are many. */
function serverList({ namespaces }: Catalog, maxChars: number): string | undefined {
  if (namespaces.length === 0) return "No servers are configured.";
  const bare = ["The servers:", ...namespaces.map(serverLine)].join("\n");
  const room = Math.floor((maxChars - bare.length) / namespaces.length);
  const lists = [
    ["The servers:", ...namespaces.map((namespace) => serverLine(namespace) + aboutOf(namespace, room))].join("\n"),
    bare,
    `The servers, with the number of their tools: ${namespaces.map(serverWord).join(", ")}.`,
  ];
  return lists.find((list) => list.length <= maxChars);
}

/** As many names as there is room for behind the contract, and the number of the others. */
function someServers({ namespaces }: Catalog): string {
  const maxChars = HEAD_CHARS - CONTRACT.length - 2;
  const more = (count: number) => ` and ${count} more: codemode.namespaces() lists all.`;
  let text = "The servers, with the number of their tools:";
  for (const [index, namespace] of namespaces.entries()) {
    const next = `${text}${index === 0 ? " " : ", "}${serverWord(namespace)}`;
    if (next.length + more(namespaces.length).length > maxChars) return `${CONTRACT}\n\n${text}${more(namespaces.length - index)}`;
    text = next;
  }
  return `${CONTRACT}\n\n${text}`;
}

function serverLine(namespace: CatalogNamespace): string {
  const { name, upstream, status, why, tools, skipped } = namespace;
  const called = name === upstream ? name : `${name} (configured as ${JSON.stringify(upstream)})`;
  if (status === "connecting") return `- ${called}: unavailable: still connecting`;
  if (status === "sign_in") return `- ${called}: needs sign-in: a call of any of its tools tells the user where`;
  if (status === "unavailable") return `- ${called}: unavailable: ${why ?? "no reason given"}`;
  const broken = skipped.filter(({ unsupported }) => unsupported !== true);
  const left =
    broken.length === 0
      ? ""
      : `; ${broken.length} left out because their definitions are broken: ${broken.map((tool) => oneWord(tool.name)).join(", ")}`;
  return `- ${called}: ${tools.length} ${tools.length === 1 ? "tool" : "tools"}${left}${programsTaken(namespace)}`;
}

/** Whoever reads that a tool runs code would else send it this program's work, or this program its API. */
function programsTaken(namespace: CatalogNamespace): string {
  const tool = programTool(namespace);
  return tool === undefined ? "" : `; ${tool.identifier} takes a program of its own, as text, for what is behind that server alone`;
}

/** What the server says of itself, if it is a short sentence; else as many names of its tools as there is room for. */
function aboutOf({ status, instructions, tools }: CatalogNamespace, room: number): string {
  if (status !== "ready") return "";
  const sentence = firstSentence(commentLines(instructions ?? "").find((line) => /^\p{L}/u.test(line)) ?? "");
  if (sentence !== "" && sentence.length <= MAX_SENTENCE) return `. ${sentence}`;
  const names = tools.map(({ identifier }) => identifier);
  const most = Math.min(room, MAX_NAMES);
  const some = names.slice(0, MAX_NAMES).findLastIndex((_, index) => namesText(names, index + 1).length <= most) + 1;
  return some >= MIN_NAMES || some === names.length ? namesText(names, some) : "";
}

function namesText(names: readonly string[], count: number): string {
  return names.length === 0 ? "" : `: ${names.slice(0, count).join(", ")}${count < names.length ? ", …" : ""}`;
}

function serverWord({ name, status, why, tools }: CatalogNamespace): string {
  if (status === "sign_in") return `${name} (needs sign-in)`;
  return status === "ready" ? `${name} ${tools.length}` : `${name} (unavailable${why === undefined ? "" : `: ${clip(why, MAX_WHY)}`})`;
}

/** An upstream's name for a broken tool is any text at all. */
function oneWord(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
