const wanted = JSON.parse('{"perPage": 500}');
const issues = await github.list_issues({ owner: "acme", repo: "web", ...wanted });
return issues.length;
/* @expect throws
ToolError: github.list_issues: the arguments do not fit, so nothing was sent:
- perPage must be at most 100, got 500
declare const github: {
// List issues in a repository
list_issues(input: {
 owner: string // Repository owner
 repo: string // Repository name
 state?: "open" | "closed" | "all"
 labels?: string[]
 since?: string
 page?: number // [>= 1]
 perPage?: number // [1..100]
}): Promise<any>;
};
    at program.js:2:16
2 | const issues = await github.list_issues({ owner: "acme", repo: "web", ...wanted });
                   ^
*/
