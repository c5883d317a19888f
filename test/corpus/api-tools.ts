import filesystem from "../fixtures/catalogues/filesystem.json";
import memory from "../fixtures/catalogues/memory.json";
import stripe from "../fixtures/catalogues/stripe-0.2.5.json";
import type { Tool } from "../../src/core/tool.ts";

const string = { type: "string" };
const strings = { type: "array", items: string };
const integer = { type: "integer" };
const repo = { owner: { type: "string", description: "Repository owner" }, repo: { type: "string", description: "Repository name" } };
const paging = { page: { type: "integer", minimum: 1 }, perPage: { type: "integer", minimum: 1, maximum: 100 } };

function input(properties: Record<string, unknown>, required: readonly string[] = []): Tool["inputSchema"] {
  return { type: "object", properties, required };
}

function inRepo(properties: Record<string, unknown> = {}, required: readonly string[] = []): Tool["inputSchema"] {
  return input({ ...repo, ...properties }, ["owner", "repo", ...required]);
}

/** Like the server of a well-known code host: arguments are typed, results are JSON in a text. */
const github: readonly Tool[] = [
  { name: "get_me", description: "Get details of the authenticated user", inputSchema: input({}) },
  {
    name: "list_issues",
    description: "List issues in a repository",
    inputSchema: inRepo({ state: { type: "string", enum: ["open", "closed", "all"] }, labels: strings, since: string, ...paging }),
  },
  { name: "get_issue", description: "Get one issue", inputSchema: inRepo({ issue_number: integer }, ["issue_number"]) },
  {
    name: "create_issue",
    description: "Create a new issue in a repository",
    inputSchema: inRepo({ title: string, body: string, labels: strings, assignees: strings }, ["title"]),
  },
  {
    name: "update_issue",
    description: "Update an existing issue",
    inputSchema: inRepo({ issue_number: integer, title: string, state: { type: "string", enum: ["open", "closed"] }, labels: strings }, [
      "issue_number",
    ]),
  },
  {
    name: "add_issue_comment",
    description: "Add a comment to an issue",
    inputSchema: inRepo({ issue_number: integer, body: string }, ["issue_number", "body"]),
  },
  {
    name: "search_issues",
    description: "Search for issues and pull requests across repositories",
    inputSchema: input({ q: string, sort: { enum: ["comments", "created", "updated"] }, order: { enum: ["asc", "desc"] }, ...paging }, [
      "q",
    ]),
  },
  { name: "search_repositories", description: "Search for repositories", inputSchema: input({ query: string, ...paging }, ["query"]) },
  { name: "list_commits", description: "List commits of a branch", inputSchema: inRepo({ sha: string, ...paging }) },
  { name: "list_branches", description: "List branches", inputSchema: inRepo(paging) },
  {
    name: "create_branch",
    description: "Create a branch",
    inputSchema: inRepo({ branch: string, from_branch: string }, ["branch"]),
  },
  {
    name: "list_pull_requests",
    description: "List pull requests",
    inputSchema: inRepo({ state: { type: "string", enum: ["open", "closed", "all"] }, base: string, ...paging }),
  },
  { name: "get_pull_request", description: "Get one pull request", inputSchema: inRepo({ pull_number: integer }, ["pull_number"]) },
  {
    name: "merge_pull_request",
    description: "Merge a pull request",
    inputSchema: inRepo({ pull_number: integer, merge_method: { enum: ["merge", "squash", "rebase"] }, commit_title: string }, [
      "pull_number",
    ]),
  },
  {
    name: "get_file_contents",
    description: "Get the contents of a file, base64 encoded",
    inputSchema: inRepo({ path: string, ref: string }, ["path"]),
  },
];

const STATUS = { type: "string", enum: ["todo", "doing", "done"] };
const PRIORITY = { type: "string", enum: ["low", "medium", "high", "urgent"] };
const nullable = (type: string) => ({ type: [type, "null"] });
const closed = (properties: Record<string, unknown>, required: readonly string[] = Object.keys(properties)) => ({
  type: "object" as const,
  properties,
  required,
  additionalProperties: false,
});
const ticket = closed(
  {
    id: string,
    title: string,
    project: string,
    status: STATUS,
    priority: PRIORITY,
    assignee: nullable("string"),
    due: nullable("string"),
    tags: strings,
    estimate: { type: "number" },
    parent: { anyOf: [closed({ id: string, title: string }), { type: "null" }] },
    createdAt: string,
    comments: { type: "array", items: closed({ author: string, text: string, at: string }) },
  },
  ["id", "title", "project", "status", "priority", "assignee", "tags", "createdAt", "comments"],
);

/** A server whose every result is declared, with members that may be null, may be absent, or are one of a few values. */
const tracker: readonly Tool[] = [
  {
    name: "list_tickets",
    description: "Tickets, a page at a time",
    inputSchema: closed(
      {
        project: string,
        status: STATUS,
        assignee: nullable("string"),
        cursor: nullable("string"),
        limit: { type: "integer", minimum: 1, maximum: 50 },
      },
      [],
    ),
    outputSchema: closed({ tickets: { type: "array", items: ticket }, nextCursor: nullable("string") }),
  },
  { name: "get_ticket", description: "One ticket", inputSchema: closed({ id: string }), outputSchema: ticket },
  {
    name: "create_ticket",
    description: "Create a ticket",
    inputSchema: closed(
      { project: string, title: string, priority: PRIORITY, assignee: string, due: string, tags: strings, estimate: { type: "number" } },
      ["project", "title"],
    ),
    outputSchema: closed({ id: string, url: string }),
  },
  {
    name: "update_ticket",
    description: "Change a ticket",
    inputSchema: closed({ id: string, status: STATUS, priority: PRIORITY, assignee: nullable("string"), tags: strings }, ["id"]),
    outputSchema: ticket,
  },
  {
    name: "add_comment",
    description: "Comment on a ticket",
    inputSchema: closed({ id: string, text: string }),
    outputSchema: closed({ commentId: { type: "number" }, createdAt: string }),
  },
  {
    name: "list_users",
    description: "Everybody in the workspace",
    inputSchema: closed({}),
    outputSchema: closed({
      users: {
        type: "array",
        items: closed(
          { id: string, name: string, email: string, role: { enum: ["admin", "member", "guest"] }, active: { type: "boolean" } },
          ["id", "name", "role", "active"],
        ),
      },
    }),
  },
  {
    name: "get_stats",
    description: "Numbers about a project",
    inputSchema: closed({ project: string }),
    outputSchema: closed({ byStatus: { type: "object", additionalProperties: { type: "number" } }, velocity: nullable("number") }),
  },
];

/** What the programs of `test/programs` can call, by configured key: two servers made up for them, three real ones. */
export const FIXTURE_TOOLS: Readonly<Record<string, readonly Tool[]>> = {
  filesystem: filesystem.tools as readonly Tool[],
  github,
  memory: memory.tools as readonly Tool[],
  stripe: stripe.tools as readonly Tool[],
  tracker,
};
