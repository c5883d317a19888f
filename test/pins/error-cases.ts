import type { ErrorCode } from "../../src/core/errors.ts";
import type { LimitName } from "../../src/core/limits.ts";

/** Which proxy a case runs on: see `error-proxies.ts`. */
export type Setting = "usual" | "unchecked" | "tight" | "unconnected" | "busy" | "silent";

/** One error that a model can get: what it sent, and what the answer has to name. */
export interface ErrorCase {
  /** What the model did, as a heading. */
  readonly when: string;
  readonly program: string;
  /** Of a request that is no program: what it calls, and with what. `program` is then how it is shown. */
  readonly request?: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };
  /** A part of the answer: what to do instead, or what there is. */
  readonly fix: string;
  /** Why the answer names no place in the program, if it names none. */
  readonly nowhere?: string;
  readonly setting?: Setting;
  /** How the program meets its end, where it does not do so by itself. */
  readonly ending?: "queued" | "killed";
  readonly code?: ErrorCode;
  readonly limit?: LimitName;
}

const form: readonly ErrorCase[] = [
  { when: "A syntax error", program: "const me = await github.get_me(;\nreturn me.login;", fix: "expected", code: "program_syntax" },
  { when: "A text that breaks out of the program", program: "return 1; }; github.get_me(); async () => {", fix: "expected" },
  { when: "An import", program: 'import { Octokit } from "@octokit/rest";\nreturn new Octokit();', fix: "the tools are globals" },
  { when: "A dynamic import", program: 'const fs = await import("node:fs");\nreturn fs;', fix: "the tools are globals" },
  { when: "An enum", program: 'enum Color { Red = "red" }\nreturn Color.Red;', fix: "Write a const object" },
  { when: "A namespace with values", program: "namespace Util { export const one = 1; }\nreturn Util.one;", fix: "Write a const object" },
  {
    when: "A parameter property",
    program: "class A { constructor(readonly name: string) {} }\nreturn new A('a').name;",
    fix: "Declare the field in the class",
  },
  { when: "A decorator", program: "@sealed\nclass A {}\nreturn 1;", fix: "Call the function yourself" },
  { when: "An old type assertion", program: "const n = <number>JSON.parse('1');\nreturn n;", fix: "Write `value as Type`" },
  {
    when: "A program that is too large",
    program: `return "${"x".repeat(4_000)}";`,
    fix: "Send less data",
    nowhere: "the program as a whole",
    setting: "tight",
    limit: "programBytes",
  },
  { when: "A name that V8 refuses", program: "const a = 1;\nconst a = 2;\nreturn a;", fix: "already been declared", setting: "unchecked" },
];

const checked: readonly ErrorCase[] = [
  {
    when: "A misspelt tool",
    program: 'const issues = await github.list_issue({ owner: "acme", repo: "web" });\nreturn issues.length;',
    fix: "list_issues",
  },
  { when: "A tool that does not exist in any spelling", program: "return await tracker.burndown();", fix: "get_stats" },
  { when: "A misspelt namespace", program: "return await gihub.get_me();", fix: "gihub" },
  {
    when: "A misspelt argument",
    program: 'const issue = await github.create_issue({ owner: "acme", repo: "web", titel: "Crash" });\nreturn issue.number;',
    fix: "title",
  },
  {
    when: "A missing argument",
    program: 'const issue = await github.get_issue({ owner: "acme", repo: "web" });\nreturn issue.title;',
    fix: "issue_number",
  },
  {
    when: "An argument of another type",
    program: "const ticket = await tracker.get_ticket({ id: 7 });\nreturn ticket.title;",
    fix: "string",
  },
  {
    when: "A value that the declaration does not have",
    program: 'const issues = await github.list_issues({ owner: "acme", repo: "web", state: "opened" });\nreturn issues.length;',
    fix: '"open"',
  },
  {
    when: "Positional arguments",
    program: 'const issues = await github.list_issues("acme", "web");\nreturn issues.length;',
    fix: "takes one object",
  },
  {
    when: "A forgotten await",
    program: 'const issues = github.list_issues({ owner: "acme", repo: "web" });\nreturn issues.length;',
    fix: "add `await`",
  },
  {
    when: "A property that a result does not have",
    program: 'const result = await tracker.list_tickets({ project: "web" });\nreturn result.items;',
    fix: "tickets",
  },
  {
    when: "An object taken for an array",
    program: "const users = await tracker.list_users();\nreturn users.map((user) => user.name);",
    fix: "users",
  },
  {
    when: "A variable that does not exist",
    program: 'const owner = "acme";\nreturn await github.list_issues({ owner: ownerr, repo: "web" });',
    fix: "owner",
  },
  {
    when: "A misspelt method of JavaScript",
    program: "const { users } = await tracker.list_users();\nreturn users.fliter((user) => user.active);",
    fix: "filter",
  },
  { when: "The environment", program: "return process.env.GITHUB_TOKEN;", fix: "no environment" },
  {
    when: "The network",
    program: 'const response = await fetch("https://api.github.com/user");\nreturn await response.json();',
    fix: "call a tool",
  },
  { when: "A module of Node", program: 'const fs = require("fs");\nreturn fs.readFileSync("/data/notes.txt", "utf8");', fix: "globals" },
  { when: "A web page", program: 'return document.querySelector("title").textContent;', fix: "no web page" },
  { when: "A Buffer", program: 'return Buffer.from("aGk=", "base64").toString();', fix: "TextDecoder" },
  {
    when: "Several mistakes at once",
    program:
      'const { tickets } = await tracker.list_tickets({ projct: "web" });\nfor (const t of tickets) await tracker.update_ticket({ id: t.id, status: "closed" });\nreturn tickets.lenght;',
    fix: "length",
  },
];

const notes: readonly ErrorCase[] = [
  {
    when: "A call that nobody waits for, and that succeeds",
    program: 'tracker.add_comment({ id: "T-1", text: "ping" });\nreturn "commented";',
    fix: "await",
    nowhere: "the note has it",
  },
  {
    when: "A program that returns nothing",
    program: "const { users } = await tracker.list_users();\nconst names = users.map((user) => user.name);",
    fix: "return",
    nowhere: "the program as a whole",
  },
];

const calls: readonly ErrorCase[] = [
  {
    when: "A tool that does not exist",
    program: 'const tool = "list_isues";\nreturn await github[tool]({ owner: "acme", repo: "web" });',
    fix: "github.list_issues(",
    code: "tool_unknown",
  },
  {
    when: "A namespace that does not exist",
    program: 'const server = "gihub";\nreturn await codemode.raw(`${server}.list_issues`, { owner: "acme", repo: "web" });',
    fix: "github",
  },
  {
    when: "Arguments that do not fit the schema",
    program:
      'const data = JSON.parse(\'{"titel":"Crash","labels":"bug","body":null}\');\nreturn await github.create_issue({ owner: "acme", repo: "web", ...data });',
    fix: "title is missing; it must be a string (you gave titel)",
    code: "tool_arguments",
  },
  {
    when: "A value that is not among those allowed",
    program:
      'const [priority] = JSON.parse(\'["HIGH"]\');\nreturn await tracker.create_ticket({ project: "web", title: "Outage", priority });',
    fix: 'Did you mean "high"?',
  },
  {
    when: "A number out of range, and one in quotes",
    program:
      'const page = JSON.parse(\'{"page":"2","perPage":500}\');\nreturn await github.list_issues({ owner: "acme", repo: "web", ...page });',
    fix: "write it without quotes",
  },
  {
    when: "A name that the schema does not have",
    program: 'const who = JSON.parse(\'{"asignee":"u1"}\');\nreturn await tracker.list_tickets({ project: "web", ...who });',
    fix: "Did you mean assignee?",
  },
  {
    when: "Arguments that are no object",
    program: "const id = JSON.parse('\"T-1\"');\nreturn await tracker.get_ticket(id);",
    fix: "takes one object with named arguments",
  },
  {
    when: "Arguments that JSON cannot carry",
    program:
      'const id = JSON.parse("7");\nreturn await github.get_issue({ owner: "acme", repo: "web", issue_number: id, ...{ since: 1n } });',
    fix: "use a number or a string",
  },
  {
    when: "A promise among the arguments",
    program: 'const extra: any = { title: github.get_me() };\nreturn await tracker.create_ticket({ project: "web", title: "", ...extra });',
    fix: "add await",
  },
  {
    when: "A tool that answers with an error",
    program: 'return await github.get_issue({ owner: "acme", repo: "web", issue_number: 404 });',
    fix: "there is no #404 in acme/web",
    code: "tool_failed",
  },
  {
    when: "An upstream that answers with an error of the protocol",
    program: "return await archive.crash({});",
    fix: "the index is being rebuilt",
  },
  {
    when: "A call that the policy leaves to a person",
    program: 'return await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 101 });',
    fix: "policy",
    code: "tool_approval",
  },
  { when: "An upstream that cannot be reached", program: "return await offline.anything({});", fix: "Try again later", code: "upstream" },
  {
    when: "A tool that asks the user, where the client cannot",
    program: "return await archive.confirm({});",
    fix: "cannot be asked",
    code: "question",
  },
  {
    when: "An upstream whose user has to sign in, where the client cannot be asked",
    program: "return await notes.anything({});",
    fix: "Show the link to the user",
    setting: "unconnected",
    code: "sign_in",
  },
  {
    when: "A call that takes too long",
    program: "return await archive.hold({});",
    fix: "callMs",
    setting: "tight",
    limit: "callMs",
    code: "limit",
  },
  {
    when: "More calls than a program may make",
    program: "for (let n = 0; n < 10; n += 1) await archive.echo({ n });",
    fix: "Do less in one program",
    setting: "tight",
    limit: "calls",
  },
  {
    when: "Arguments that are too large",
    program: 'return await archive.echo({ text: "x".repeat(5_000) });',
    fix: "Send less in one call",
    setting: "tight",
    limit: "argumentBytes",
  },
  {
    when: "A result that is too large",
    program: "return await archive.big({});",
    fix: "Ask for less at once",
    setting: "tight",
    limit: "callResultBytes",
  },
  {
    when: "A search for no text",
    program: "const words: any = undefined;\nreturn await codemode.search(words);",
    fix: "query is a text",
  },
  {
    when: "A description of what does not exist",
    program: 'return await codemode.describe("tracker.create_issue");',
    fix: "tracker.create_ticket(",
  },
  {
    when: "A method that codemode does not have",
    program: 'const api: any = codemode;\nreturn await api.call("github.get_me");',
    fix: "codemode.raw",
  },
  { when: "A result that is not kept", program: 'return await codemode.result("r0000000");', fix: "Kept now: none" },
  {
    when: "Content that is none",
    program: 'const block: any = { type: "picture", data: "aGk=" };\ncodemode.emit(block);',
    fix: '{ type: "image" | "audio", data, mimeType }',
  },
];

const offered: readonly ErrorCase[] = [
  {
    when: "A resource that does not exist",
    program: 'const { contents } = await codemode.resources.read("codemode://archive/doc://2024/report");\nreturn contents[0].text;',
    fix: '"codemode://archive/doc://2025/report"',
    code: "tool_failed",
  },
  {
    when: "A URI that no server has",
    program: 'const { contents } = await codemode.resources.read("file:///etc/hosts");\nreturn contents[0].text;',
    fix: "codemode.resources.list()",
  },
  {
    when: "A resource of a server that does not exist",
    program: 'return await codemode.resources.read("codemode://archives/doc://2025/report");',
    fix: "Did you mean archive?",
  },
  {
    when: "A list of a server that does not exist",
    program: 'const server = "archives";\nreturn await codemode.resources.list(server);',
    fix: "Did you mean archive?",
  },
  {
    when: "A list of a server that cannot be reached",
    program: 'return await codemode.prompts.list("offline");',
    fix: "unavailable",
    code: "upstream",
  },
  {
    when: "A list of a server whose user has to sign in, where the client cannot be asked",
    program: 'return await codemode.resources.list("notes");',
    fix: "Show the link to the user",
    setting: "unconnected",
    code: "sign_in",
  },
  {
    when: "An object in the place of a URI",
    program: 'return await codemode.resources.read({ uri: "codemode://archive/doc://2025/report" });',
    fix: "It is codemode.resources.read(uri).",
  },
  {
    when: "A resource's text looked for at the top",
    program: 'const doc = await codemode.resources.read("codemode://archive/doc://2025/report");\nreturn doc.text;',
    fix: "contents",
  },
  {
    when: "What is no URI, seen when it is read",
    program: 'const link: any = { uri: "codemode://archive/doc://2025/report" };\nreturn await codemode.resources.read(link);',
    fix: "uri is a text",
    code: "tool_arguments",
  },
  {
    when: "A resource that is too large",
    program: 'return await codemode.resources.read("codemode://archive/doc://big");',
    fix: "Ask for less at once",
    setting: "tight",
    limit: "callResultBytes",
  },
  {
    when: "A prompt that does not exist",
    program: 'return await codemode.prompts.get("archive.sumarise", { year: "2025" });',
    fix: '"archive.summarise"',
  },
  {
    when: "A prompt without an argument that it needs",
    program: 'return await codemode.prompts.get("archive.summarise", { length: "short" });',
    fix: "{ year, length? }",
  },
  {
    when: "A prompt's argument that is no text",
    program: 'return await codemode.prompts.get("archive.summarise", { year: 2025 });',
    fix: "Type 'number' is not assignable to type 'string'",
  },
  {
    when: "The same, seen when it is asked for",
    program: 'const args = JSON.parse(\'{"year":2025}\');\nreturn await codemode.prompts.get("archive.summarise", args);',
    fix: '"year" is a number',
  },
  {
    when: "A method that codemode.resources does not have",
    program: 'const api: any = codemode.resources;\nreturn await api.get("codemode://archive/doc://2025/report");',
    fix: "codemode.resources.read",
  },
  {
    when: "Resources that are switched off",
    program: "return await codemode.resources.list();",
    fix: "set features.resources to true",
    setting: "silent",
  },
];

const failures: readonly ErrorCase[] = [
  {
    when: "An error of the program's own",
    program: 'const { users } = await tracker.list_users();\nif (users.length < 9) throw new Error("too few users");',
    fix: "too few users",
  },
  {
    when: "A value that is no error",
    program: "const { users } = await tracker.list_users();\nthrow { found: users.length };",
    fix: '{"found":4}',
    nowhere: "only an error carries its place",
  },
  {
    when: "An error with a cause",
    program:
      'async function load(id) {\n  try {\n    return await tracker.get_ticket({ id });\n  } catch (cause) {\n    throw new Error(`cannot load ${id}`, { cause });\n  }\n}\nreturn await load("T-99");',
    fix: "caused by ToolError: tracker.get_ticket: no ticket T-99 (program.js:3:12)",
  },
  {
    when: "Several errors at once",
    program: 'return await Promise.any(["T-98", "T-99"].map((id) => tracker.get_ticket({ id })));',
    fix: "no ticket T-98 (program.js:1:8)",
  },
  {
    when: "A result taken for an array",
    program: 'const found = await github.search_issues({ q: "is:open" });\nreturn found.map((issue) => issue.title);',
    fix: "github.search_issues gave { total_count: number, incomplete_results: boolean, items: an array",
  },
  {
    when: "A member that is null",
    program: 'const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 5 });\nreturn issue.assignee.login;',
    fix: "assignee: null",
  },
  {
    when: "A member that is sometimes null",
    program:
      'const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 50 });\nreturn commits.map(({ author }) => author.login);',
    fix: "author (sometimes null)",
  },
  {
    when: "A value parsed as JSON text",
    program: 'const found = await github.search_repositories({ query: "web" });\nreturn JSON.parse(found).items;',
    fix: "leave out JSON.parse",
  },
  {
    when: "A text parsed as JSON",
    program:
      'const { content } = await github.get_file_contents({ owner: "acme", repo: "web", path: "README.md" });\nreturn JSON.parse(atob(content));',
    fix: "content: string",
  },
  {
    when: "A call without await that fails",
    program: 'tracker.add_comment({ id: "T-404", text: "ping" });\nreturn "commented";',
    fix: "Write await before it",
  },
  {
    when: "Calls in forEach that fail",
    program: '["T-1", "T-404"].forEach(async (id) => {\n  await tracker.update_ticket({ id, status: "done" });\n});\nreturn "updated";',
    fix: "forEach awaits nothing",
  },
  {
    when: "Code made from text",
    program: 'const make = (async () => {}).constructor;\nreturn await make("return 1")();',
    fix: "write it into the program",
  },
  {
    when: "The network, behind the checker's back",
    program: 'const get = globalThis["fetch"];\nreturn await get("https://example.com");',
    fix: "call a tool",
  },
  {
    when: "A name that does not exist, unchecked",
    program: "return await gihub.get_me();",
    fix: "Did you mean github?",
    setting: "unchecked",
  },
  {
    when: "Tools taken for groups of tools, unchecked",
    program: 'return await github.issues.list({ owner: "acme", repo: "web" });',
    fix: "github.list_issues(",
    setting: "unchecked",
  },
];

const ends: readonly ErrorCase[] = [
  {
    when: "A program that takes too long",
    program: "await archive.hold({});\nreturn 1;",
    fix: "Do less in one program",
    nowhere: "it is stopped from outside",
    setting: "busy",
    limit: "executionMs",
  },
  {
    when: "An endless loop",
    program: "for (;;) {}",
    fix: "Look for an endless loop",
    nowhere: "it is stopped from outside",
    setting: "tight",
    limit: "cpuMs",
  },
  {
    when: "Too much memory",
    program: "const all = [];\nfor (;;) all.push(new Array(100_000).fill(all.length));",
    fix: "Keep less data at once",
    nowhere: "it is stopped from outside",
    limit: "memoryBytes",
  },
  {
    when: "A proxy that is busy",
    program: "return 1;",
    fix: "try again in a while",
    nowhere: "it was not run",
    setting: "busy",
    ending: "queued",
    limit: "executionsQueued",
  },
  {
    when: "A sandbox that ends by no fault of the program",
    program: "return await archive.hold({});",
    fix: "try again only if that does no harm",
    nowhere: "it is stopped from outside",
    ending: "killed",
    code: "fault",
  },
  {
    when: "A value that is too long",
    program: "return Array.from({ length: 200 }, (_, n) => ({ n, name: `name ${n}` }));",
    fix: "await codemode.result(",
    nowhere: "the value as a whole",
    setting: "tight",
    limit: "resultChars",
  },
  {
    when: "More on the console than there is room for",
    program: 'for (let n = 0; n < 9; n += 1) console.log("line", n);\nreturn "done";',
    fix: "more lines left out",
    nowhere: "the lines are counted",
    setting: "tight",
  },
];

const requests: readonly ErrorCase[] = [
  {
    when: "The execute tool without a program",
    program: '{ "name": "execute_code", "arguments": { "source": "return 1" } }',
    request: { name: "execute_code", arguments: { source: "return 1" } },
    fix: 'execute_code takes { "code": string }',
    nowhere: "there is no program",
  },
  {
    when: "Another tool than the one that there is",
    program: '{ "name": "github.list_issues", "arguments": {} }',
    request: { name: "github.list_issues", arguments: {} },
    fix: "execute_code",
    nowhere: "there is no program",
  },
];

/** Every error that a model gets, by topic. */
export const ERROR_CASES: Readonly<Record<string, readonly ErrorCase[]>> = {
  "The program has a form that cannot be run": form,
  "The program misuses the API, and is refused before it runs": checked,
  "The program runs, with a note": notes,
  "A call fails": calls,
  "A resource or a prompt cannot be had": offered,
  "The program fails": failures,
  "Limits, and the proxy itself": ends,
  "The request is no program": requests,
};

/** Codes that no case can have, and why. */
export const CODES_ELSEWHERE: Partial<Record<ErrorCode, string>> = {
  config: "ends the command line, before there is a caller",
  cancelled: "the caller has gone away and reads nothing",
};
