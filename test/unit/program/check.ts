import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkerLibrary, codemodeDeclarations } from "../../../scripts/checker-library.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Checks } from "../../../src/program/checks.ts";
import type { Checked, CheckedNamespace } from "../../../src/program/checks.ts";

/** Two servers: one that says what its tools give, and one that does not. */
export const NAMESPACES: readonly CheckedNamespace[] = [
  {
    name: "tracker",
    id: "tracker",
    text: `declare namespace tracker {
  interface Tools {
    add_comment(input: { id: number; text: string }): Promise<any>;
    close_issue(input: { id: number; comment?: string }): Promise<{ ok: boolean }>;
    create_issue(input: { title: string; body?: string; labels?: string[]; priority?: "low" | "medium" | "high"; assignee?: string | null }): Promise<{ id: number; title: string; state: "open" | "closed"; assignee: { login: string; email?: string } | null; labels: string[]; body?: string; createdAt: string; points?: number }>;
    get_issue(input: { id: number }): Promise<{ id: number; title: string; state: "open" | "closed"; assignee: { login: string; email?: string } | null; labels: string[]; body?: string; createdAt: string; points?: number }>;
    list_issues(input?: { state?: "open" | "closed" | "all"; labels?: string[]; page?: number; per_page?: number; assignee?: string }): Promise<{ issues: { id: number; title: string; state: "open" | "closed"; assignee: { login: string; email?: string } | null; labels: string[]; body?: string; createdAt: string; points?: number }[]; total: number; next_page?: number }>;
    whoami(input?: {}): Promise<{ login: string; teams: string[] }>;
  }
}
declare const tracker: tracker.Tools;
`,
  },
  {
    name: "github",
    id: "github",
    text: `declare namespace github {
  interface Tools {
    create_issue(input: { owner: string; repo: string; title: string; body?: string; labels?: string[]; assignees?: string[] }): Promise<any>;
    get_file_contents(input: { owner: string; repo: string; path: string; ref?: string }): Promise<any>;
    get_issue(input: { owner: string; repo: string; issue_number: number }): Promise<any>;
    list_issues(input: { owner: string; repo: string; state?: "open" | "closed" | "all"; labels?: string[]; page?: number; perPage?: number }): Promise<any>;
    search_code(input: { q: string; page?: number }): Promise<any>;
  }
}
declare const github: github.Tools;
`,
  },
  {
    name: "memory",
    id: "memory",
    text: `declare namespace memory {
  interface Tools {
    add_observations(input: { observations: { entityName: string; contents: string[] }[] }): Promise<any>;
    create_entities(input: { entities: { name: string; entityType: string; observations: string[] }[] }): Promise<any>;
    create_relations(input: { relations: { from: string; to: string; relationType: string }[] }): Promise<any>;
    open_nodes(input: { names: string[] }): Promise<{ entities: { name: string; entityType: string; observations: string[] }[]; relations: { from: string; to: string; relationType: string }[] }>;
    read_graph(input?: {}): Promise<{ entities: { name: string; entityType: string; observations: string[] }[]; relations: { from: string; to: string; relationType: string }[] }>;
    search_nodes(input: { query: string }): Promise<{ entities: { name: string; entityType: string; observations: string[] }[]; relations: { from: string; to: string; relationType: string }[] }>;
  }
}
declare const memory: memory.Tools;
`,
  },
  {
    name: "filesystem",
    id: "filesystem",
    text: `declare namespace filesystem {
  interface Tools {
    edit_file(input: { path: string; edits: { oldText: string; newText: string }[]; dryRun?: boolean }): Promise<{ content: string }>;
    list_directory(input: { path: string }): Promise<{ content: string }>;
    read_text_file(input: { path: string; tail?: number; head?: number }): Promise<{ content: string }>;
    write_file(input: { path: string; content: string }): Promise<{ content: string }>;
  }
}
declare const filesystem: filesystem.Tools;
`,
  },
  { name: "everything", id: "everything", text: "declare const everything: any;\n" },
];

const checks = new Checks({ library: await checkerLibrary(), codemode: await codemodeDeclarations() });

/** Checks a program against the servers above, or those given. */
export function check(source: string, namespaces: readonly CheckedNamespace[] = NAMESPACES): Checked {
  const result = checks.check(source, namespaces, DEFAULT_LIMITS.checkSteps);
  if (result.kind !== "checked") throw new Error("the declarations are not known");
  return result;
}

/** What is wrong with a program, as `LINE:COLUMN message`. */
export function problems(source: string): string[] {
  return check(source).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** The programs of one file of `test/fixtures/idioms`. */
export async function idioms(name: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, "../../fixtures/idioms", name), "utf8");
  return text.split(/^---\n/m);
}
