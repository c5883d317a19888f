import { describe, expect, it } from "vitest";
import { prepare } from "../../../src/program/prepare.ts";
import { idioms, problems } from "./check.ts";

const untyped = await idioms("untyped.txt");
const typed = await idioms("typed.txt");
const wrong = await idioms("wrong.txt");

describe("correct programs are let through", () => {
  it.each(untyped)("plain JavaScript %#", (program) => expect(problems(program)).toEqual([]));
  it.each(typed)("with types %#", (program) => expect(problems(program)).toEqual([]));
});

describe("wrong programs are refused", () => {
  // Nothing of what these do can be told from types.
  const UNDECIDED = ['codemode.raw("tracker.get_isue"', "new tracker.get_issue"];

  it.each(wrong)("%#", (program) => {
    const prepared = prepare(program);
    const found = prepared.ok ? problems(program) : prepared.diagnostics;
    expect(found.length > 0, program).toBe(!UNDECIDED.some((each) => program.includes(each)));
  });
});

describe("a problem is told with its place and what would mend it", () => {
  it.each([
    ["an unknown server", "return await traker.whoami();", "1:14 Cannot find name 'traker'. Did you mean 'tracker'?"],
    ["an unknown tool", "\n  await tracker.list_isues({});", "2:17 tracker.list_isues does not exist. Did you mean tracker.list_issues?"],
    [
      "an unknown tool, nothing near",
      "await tracker.call({});",
      "1:15 tracker.call does not exist. There are: add_comment, close_issue, create_issue, get_issue, list_issues, whoami",
    ],
    [
      "an unknown tool in brackets",
      'await github["crate_issue"]({});',
      "1:14 github.crate_issue does not exist. Did you mean github.create_issue?",
    ],
    [
      "a misspelt parameter",
      'await tracker.create_issue({ titel: "x" });',
      "1:30 'titel' does not exist in type '{ title: string; body?: string; labels?: string[]; priority? … }'. Did you mean to write 'title'?",
    ],
    [
      "a misspelt parameter in a variable",
      'const args = { title: "x", bdy: "y" };\nawait tracker.create_issue(args);',
      "1:28 'bdy' is not a parameter of the tool. Did you mean 'body'?",
    ],
    [
      "a parameter that is missing",
      'await github.get_issue({ owner: "a", repo: "b" });',
      "1:24 Property 'issue_number' is missing in type '{ owner: string; repo: string; }' but required in type '{ owner: string; repo: string; issue_number: number; }'.",
    ],
    ["a value of another type", 'await tracker.get_issue({ id: "1" });', "1:27 Type 'string' is not assignable to type 'number'."],
    [
      "a value that is no choice",
      'await tracker.list_issues({ state: "OPEN" });',
      `1:29 Type '"OPEN"' is not assignable to type '"open" | "closed" | "all"'. Did you mean '"open"'?`,
    ],
    ["null", "await tracker.create_issue({ title: null });", "1:37 'title' cannot be null here."],
    [
      "no object",
      "await tracker.get_issue(1);",
      "1:25 tracker.get_issue takes one object with named arguments. Argument of type 'number' is not assignable to parameter of type '{ id: number; }'.",
    ],
    [
      "several arguments",
      'await github.search_code("a", 2);',
      "1:31 github.search_code takes one object with named arguments. Expected 1 arguments, but got 2.",
    ],
    [
      "an unknown method of codemode.resources",
      "await codemode.resources.lst();",
      "1:26 codemode.resources.lst does not exist. Did you mean codemode.resources.list?",
    ],
    [
      "one with nothing near",
      'await codemode.prompts.fetch("docs.summarise");',
      "1:24 codemode.prompts.fetch does not exist. There are: list, get",
    ],
    ["no URI", "await codemode.resources.read();", "1:26 It is codemode.resources.read(uri). Expected 1 arguments, but got 0."],
    [
      "an object in the place of a URI",
      'await codemode.resources.read({ uri: "x" });',
      "1:31 It is codemode.resources.read(uri). Argument of type '{ uri: string; }' is not assignable to parameter of type 'string'.",
    ],
    [
      "a text in the place of a prompt's arguments",
      'await codemode.prompts.get("docs.summarise", "a.md");',
      "1:46 It is codemode.prompts.get(name, args?). Argument of type 'string' is not assignable to parameter of type '{ [argument: string]: string; }'.",
    ],
    [
      "a prompt's argument that is no text",
      'await codemode.prompts.get("docs.summarise", { length: 5 });',
      "1:48 Type 'number' is not assignable to type 'string'.",
    ],
    [
      "a list as MCP frames it",
      "const { resources } = await codemode.resources.list();",
      "1:9 Property 'resources' does not exist on type 'Resource[]'.",
    ],
    [
      "no await",
      "const { issues } = tracker.list_issues();\nreturn issues;",
      "1:9 `tracker.list_issues()` is a Promise, not its result: add `await`.",
    ],
    [
      "no await in a loop",
      "for (const x of tracker.list_issues()) console.log(x);",
      "1:17 `tracker.list_issues()` is a Promise, not its result: add `await`.",
    ],
    ["no await in a text", "return `${tracker.whoami()}`;", "1:11 This is a Promise, not its result: add `await`."],
    [
      "no Promise.all",
      "return [1, 2].map((id) => tracker.get_issue({ id }));",
      "1:8 This is a list of promises, not of results: write `await Promise.all(...)` around it.",
    ],
    ["one promise in Promise.all", "return Promise.all(tracker.whoami());", "1:20 Promise.all takes an array of promises."],
    [
      "an answer misread",
      "const { issues } = await tracker.list_issues();\nreturn issues.map((i) => i.titel);",
      "2:28 Property 'titel' does not exist on type '{ id: number; title: string; state: \"open\" | \"closed\"; assig … }'. Did you mean 'title'?",
    ],
    [
      "an answer that is no list",
      "for (const i of await tracker.list_issues()) console.log(i);",
      '1:17 `await tracker.list_issues()` is not iterable: its type is { issues: { id: number; title: string; state: "open" | "clos … }.',
    ],
    [
      "a comparison that never holds",
      'const i = await tracker.get_issue({ id: 1 });\nreturn i.state === "done";',
      '2:8 The two are never equal: the types \'"open" | "closed"\' and \'"done"\' have no overlap.',
    ],
    [
      "a property called",
      "const { issues } = await tracker.list_issues();\nreturn issues.length();",
      "2:15 `issues.length` cannot be called: it is no function.",
    ],
    [
      "await outside of async",
      "[1].map((id) => { await tracker.get_issue({ id }) });",
      "1:19 'await' expressions are only allowed within async functions and at the top levels of modules.",
    ],
    ["fetch", 'await fetch("https://example.com");', "1:7 Cannot find name 'fetch'. There is no network here: call a tool instead."],
    [
      "process",
      "return process.env.HOME;",
      "1:8 Cannot find name 'process'. There is no Node here: no files, no environment, no processes. Call a tool instead.",
    ],
    [
      "Buffer",
      'return Buffer.from("x");',
      "1:8 Cannot find name 'Buffer'. There is no Buffer here: use TextEncoder, TextDecoder, `Uint8Array.fromBase64(text)` and `bytes.toBase64()`.",
    ],
    ["document", "return document.title;", "1:8 Cannot find name 'document'. There is no web page here. Return what the caller is to see."],
    [
      "a client",
      'return mcp.callTool("x");',
      "1:8 Cannot find name 'mcp'. Each server is a global of its own: `await server.tool({ ... })`.",
    ],
    [
      "waiting as in Node",
      "await setTimeout(1000);",
      "1:18 The first argument is a function. To wait: `await new Promise((resolve) => setTimeout(resolve, ms))`.",
    ],
  ])("%s", (_what, program, problem) => {
    expect(problems(program)[0]).toBe(problem);
  });
});
