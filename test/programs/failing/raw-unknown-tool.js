const result = await codemode.raw("github.list_isues", { owner: "acme", repo: "web" });
return result;
/* @expect throws
ToolError: There is no tool "list_isues" in github. Did you mean:
  github.list_issues(input: { owner: string; repo: string; state?: "open" | "closed" | "all"; labels?: string[]; since?: string; page?: number; perPage?: number }): Promise<any>
  github.list_branches(input: { owner: string; repo: string; page?: number; perPage?: number }): Promise<any>
  github.list_commits(input: { owner: string; repo: string; sha?: string; page?: number; perPage?: number }): Promise<any>
Use codemode.search("...", { namespace: "github" }) to find a tool.
    at program.js:1:16
1 | const result = await codemode.raw("github.list_isues", { owner: "acme", repo: "web" });
                   ^
*/
