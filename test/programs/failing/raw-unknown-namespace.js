const server = ["git", "hub2"].join("");
return await codemode.raw(`${server}.list_issues`, { owner: "acme", repo: "web" });
/* @expect throws
ToolError: There is no namespace "github2". Did you mean:
  github.list_issues(input: { owner: string; repo: string; state?: "open" | "closed" | "all"; labels?: string[]; since?: string; page?: number; perPage?: number }): Promise<any>
    at program.js:2:8
2 | return await codemode.raw(`${server}.list_issues`, { owner: "acme", repo: "web" });
           ^
*/
