const pr = await github.get_pull_request({ owner: "acme", repo: "web", pull_number: 101 });
const result = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 103 });
return { title: pr.title, merged: result.merged };
/* @expect throws
ToolError: github.merge_pull_request: 409 Merge conflict: the pull request is not mergeable
    at program.js:2:16
2 | const result = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 103 });
                   ^

Calls that had been made (2):
github.get_pull_request ok (N ms)
github.merge_pull_request failed (N ms)
*/
