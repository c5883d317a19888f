import fc from "fast-check";
import { describe as group, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { closest } from "../../../src/catalog/closest.ts";
import { describe } from "../../../src/catalog/describe.ts";
import { search } from "../../../src/catalog/search.ts";
import { namespaceHint, unknownTool } from "../../../src/catalog/unknown.ts";
import { readWords } from "../../../src/catalog/words.ts";
import type { CodemodeError } from "../../../src/core/errors.ts";
import type { Tool } from "../../../src/core/tool.ts";
import { declared } from "./declared.ts";
import { LISTINGS } from "./fixtures.ts";
import { hostileText } from "./hostile.ts";

const GITHUB: Record<string, string> = {
  create_issue: "Create a new issue in a GitHub repository",
  create_pull_request: "Create a new pull request in a GitHub repository",
  get_file_contents: "Get the contents of a file or directory",
  get_pull_request_status: "Get the combined status of all status checks for a pull request",
  list_commits: "List commits of a branch. Merge commits are included.",
  merge_pull_request: "Merge a pull request",
  search_repositories: "Search for GitHub repositories",
  update_pull_request_branch: "Update a pull request branch with the latest changes from the base branch",
};
const tools = Object.entries(GITHUB).map(([name, description]): Tool => {
  return {
    name,
    description,
    inputSchema: { type: "object", properties: { owner: { type: "string" }, repo: { type: "string" } }, required: ["owner", "repo"] },
  };
});
const catalog = buildCatalog([
  { key: "github", status: "ready", tools, skipped: [] },
  {
    key: "chat",
    status: "ready",
    tools: [{ name: "sendMessage", description: "Say something.\nNow.\n\nAt length.", inputSchema: {} }],
    skipped: [],
  },
  { key: "down", status: "unavailable", why: "connection refused", tools: [], skipped: [] },
]);
const names = (query: string, options = {}): string[] => search(catalog, query, options).map(({ name }) => name);

const thrown = (run: () => unknown): CodemodeError => {
  try {
    run();
  } catch (error) {
    return error as CodemodeError;
  }
  throw new Error("nothing was thrown");
};

group("search", () => {
  it("finds merge_pull_request for 'merge pr', which is not found elsewhere", () => {
    expect(names("merge pr")[0]).toBe("github.merge_pull_request");
  });

  it.each([
    ["pull request merging status", "github.get_pull_request_status"],
    ["repo search", "github.search_repositories"],
    ["issues", "github.create_issue"],
    ["read file in dir", "github.get_file_contents"],
    ["createPullRequest", "github.create_pull_request"],
    ["send msg", "chat.sendMessage"],
    ["chat", "chat.sendMessage"],
    ["post a dm", "chat.sendMessage"],
    ["PRs merging", "github.merge_pull_request"],
    ["file a ticket", "github.create_issue"],
    ["look for repos", "github.search_repositories"],
    ["the github commit history", "github.list_commits"],
    ["mrege pull reqest", "github.merge_pull_request"],
    ["view docs", "github.get_file_contents"],
  ])("%s -> %s", (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it("answers with the name, the signature and the first paragraph", () => {
    expect(search(catalog, "send message")).toEqual([
      {
        name: "chat.sendMessage",
        signature: "chat.sendMessage(input?: { [key: string]: any }): Promise<any>",
        description: "Say something. Now.",
      },
    ]);
  });

  it("keeps to the namespace and the limit", () => {
    expect(names("message", { namespace: "github" })).toEqual([]);
    expect(names("pull request", { limit: 2 })).toHaveLength(2);
    expect(names("", { limit: 3 })).toEqual(["chat.sendMessage", "github.create_issue", "github.create_pull_request"]);
    expect(names("", { limit: Number.NaN })).toHaveLength(1);
    expect(names("", { limit: 1e9 })).toHaveLength(9);
    expect(names("zebra")).toEqual([]);
    expect(thrown(() => search(catalog, "x", { namespace: "gihub" })).message).toContain("Did you mean github?");
  });

  it.each([
    ["take screenshot", ["chrome_devtools.take_screenshot", "playwright.browser_take_screenshot"]],
    ["list dir", ["filesystem.list_directory", "desktop_commander.list_directory"]],
    ["read file", ["filesystem.read_file", "desktop_commander.read_file"]],
    ["pods", ["kubernetes.port_forward", "kubernetes.exec_in_pod"]],
  ])("finds %s among 21 real servers", (query, expected) => {
    const found = search(buildCatalog(LISTINGS), query).map(({ name }) => name);
    expect(expected.filter((name) => found.includes(name)).length, found.join(" ")).toBeGreaterThan(0);
  });

  it("knows abbreviations in both directions", () => {
    const listed = ["db_dump", "env_var_list", "merge_pr", "k8s_scale"].map((name): Tool => ({ name, inputSchema: {} }));
    const short = buildCatalog([{ key: "ops", status: "ready", tools: listed, skipped: [] }]);
    const first = (query: string) => search(short, query)[0]?.name;
    expect(first("database")).toBe("ops.db_dump");
    expect(first("environment variables")).toBe("ops.env_var_list");
    expect(first("pull request")).toBe("ops.merge_pr");
    expect(first("kubernetes")).toBe("ops.k8s_scale");
  });

  it("puts what does something else behind what does the thing, where both fit", () => {
    const found = names("add a pull request");
    expect(found.indexOf("github.create_pull_request")).toBeLessThan(found.indexOf("github.get_pull_request_status"));
    expect(found.indexOf("github.create_pull_request")).toBeLessThan(found.indexOf("github.update_pull_request_branch"));
  });

  it("guesses at a spelling only where the word is unknown", () => {
    expect(names("reqest")).toEqual(names("request"));
    // One letter from "merge", but a word of its own.
    expect(names("verge")).toEqual(names("merge"));
    expect(names("read")).not.toContain("github.create_issue");
  });

  it("sees new tools in a new catalog, and unchanged ones as they were", () => {
    const listing = (added: readonly Tool[]) =>
      buildCatalog([{ key: "github", status: "ready", tools: [...tools, ...added], skipped: [] }]);
    expect(search(listing([]), "fork")).toEqual([]);
    expect(search(listing([{ name: "fork_repository", inputSchema: {} }]), "fork")[0]?.name).toBe("github.fork_repository");
  });

  it("reads no more of a description or a query than it has to", () => {
    const long = buildCatalog([
      {
        key: "long",
        status: "ready",
        tools: [{ name: "tool", description: `${"x ".repeat(1_000)}needle`, inputSchema: {} }],
        skipped: [],
      },
    ]);
    expect(search(long, "needle")).toEqual([]);
    expect(search(long, "x")).toHaveLength(1);
    expect(names(`${"zzz ".repeat(125)}merge`)).toEqual([]);
  });

  it("takes any query", () => {
    fc.assert(
      fc.property(hostileText(), (query) => {
        expect(search(catalog, query, { limit: 2 }).length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

group("describe", () => {
  it("gives the text of a tool or a namespace", () => {
    expect(describe(catalog, "github.merge_pull_request")).toBe(
      "declare const github: {\n// Merge a pull request\nmerge_pull_request(input: { owner: string; repo: string }): Promise<any>;\n};\n",
    );
    expect(`${describe(catalog, "chat")}${describe(catalog, "github")}`).toBe(declared(catalog));
  });

  it("names the closest tools with their signatures", () => {
    const error = thrown(() => describe(catalog, "github.mergePullRequest"));
    expect(error).toMatchObject({ code: "tool_unknown", remedy: expect.stringContaining("codemode.search") });
    expect(error.message).toMatch(
      /^There is no tool "mergePullRequest" in github\. Did you mean:\n {2}github\.merge_pull_request\(input: \{ owner: string; repo: string \}\)/,
    );
  });

  it("names the closest namespace, or all when none is close", () => {
    expect(thrown(() => describe(catalog, "gitub.x"))).toMatchObject({
      code: "tool_unknown",
      message: 'There is no namespace "gitub". Did you mean github? There are: chat, down, github.',
    });
    expect(thrown(() => describe(catalog, "zzzzzzzz")).message).toBe('There is no namespace "zzzzzzzz". There are: chat, down, github.');
    expect(thrown(() => describe(catalog, "__proto__")).code).toBe("tool_unknown");
    expect(thrown(() => describe(catalog, "github.constructor")).code).toBe("tool_unknown");
  });

  it("finds the tool in the namespace that has it, and one that does what the name says", () => {
    expect(unknownTool(catalog, "chat", "create_issue").message).toContain("\n  github.create_issue(");
    expect(unknownTool(catalog, "nowhere", "create_issue").message).toContain("\n  github.create_issue(");
    expect(thrown(() => describe(catalog, "create_issue")).message).toContain("\n  github.create_issue(");
    expect(unknownTool(catalog, "chat", "merge_pr").message).toContain("\n  github.merge_pull_request(");
    expect(unknownTool(catalog, "chat", "zebra").message).toBe('There is no tool "zebra" in chat.');
  });

  it.each([
    ["add_ticket", "github.create_issue"],
    ["list_commit", "github.list_commits"],
    ["repositoriesSearch", "github.search_repositories"],
    ["github_merge_pull_request", "github.merge_pull_request"],
    ["getFileContent", "github.get_file_contents"],
  ])("proposes for %s first %s", (identifier, name) => {
    expect(unknownTool(catalog, "github", identifier).message.split("\n")[1]).toContain(`  ${name}(`);
  });

  it("says which namespaces there are, whole names as far as there is room", () => {
    expect(namespaceHint(catalog, "gihub")).toBe("Did you mean github? There are: chat, down, github.");
    expect(namespaceHint(buildCatalog([]), "github")).toBe("There are no namespaces.");
    const keys = Array.from({ length: 60 }, (_, index) => `server_${String(index).padStart(2, "0")}`);
    const many = buildCatalog(keys.map((key) => ({ key, status: "ready", tools: [], skipped: [] })));
    expect(namespaceHint(many, "zzz")).toMatch(/^There are: server_00, .*server_26, … \(60 in all\)\.$/);
  });

  it("says why a namespace has no tools", () => {
    expect(thrown(() => describe(catalog, "down"))).toMatchObject({
      code: "upstream",
      message: "The upstream behind down is unavailable: connection refused",
    });
    expect(unknownTool(catalog, "down", "x").code).toBe("upstream");
  });

  it("does not repeat a long name", () => {
    expect(thrown(() => describe(catalog, `github.${"x".repeat(100_000)}`)).message.length).toBeLessThan(1_000);
  });
});

group("closest", () => {
  const candidates = ["create_issue", "list_issues", "get_issue", "merge_pull_request", "search_code"];

  it.each([
    ["create_isue", "create_issue"],
    ["createIssue", "create_issue"],
    ["issue_create", "create_issue"],
    ["list_issue", "list_issues"],
    ["merge_pr", "merge_pull_request"],
    ["searchCode", "search_code"],
    ["github_create_issue", "create_issue"],
    ["add_ticket", "create_issue"],
    ["MergePullReqest", "merge_pull_request"],
    ["find_code", "search_code"],
    ["issues", "list_issues"],
  ])("%s -> %s", (name, expected) => {
    expect(closest(name, candidates, 1)).toEqual([expected]);
  });

  it("proposes nothing that is not alike", () => {
    expect(closest("zebra", candidates, 3)).toEqual([]);
  });

  it("answers the same in whatever order, at most as many as asked for, and only candidates", () => {
    fc.assert(
      fc.property(hostileText(), fc.array(hostileText(), { maxLength: 6 }), fc.integer({ min: 0, max: 3 }), (name, others, count) => {
        const found = closest(name, others, count);
        expect(found.length).toBeLessThanOrEqual(count);
        expect(others).toEqual(expect.arrayContaining(found));
        expect(closest(name, others.toReversed(), count)).toEqual(found);
      }),
    );
  });
});

group("readWords", () => {
  it.each([
    ["get_pullRequest-status2", ["get", "pull", "request", "status2"]],
    ["HTTPServer listURLs", ["http", "server", "list", "urls"]],
    ["the client's GitHub", ["the", "clients", "git", "hub"]],
    [`x ${"a".repeat(41)}`, ["x"]],
    ["größe 検索!", ["größe", "検索"]],
    ["", []],
  ])("%j -> %j", (text, words) => {
    expect(readWords(text).words).toEqual(words);
  });
});
