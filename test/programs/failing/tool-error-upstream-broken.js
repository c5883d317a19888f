const { merged } = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 102, merge_method: "rebase" });
return merged;
/* @expect throws
ToolError: github.merge_pull_request: the connection broke; the call may have happened
    at program.js:1:20
1 | const { merged } = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 102, merge_method: "rebase" });
                       ^

Calls that had been made (1):
github.merge_pull_request failed (N ms)
*/
