const issues = await Promise.all(
  [1, 2, 404].map((issue_number) => github.get_issue({ owner: "acme", repo: "web", issue_number }))
);
return issues.map((i) => i.title);
/* @expect throws
ToolError: github.get_issue: 404 Not Found: there is no #404 in acme/web
    at program.js:1:16
1 | const issues = await Promise.all(
                   ^

Calls that had been made (3):
github.get_issue ok (N ms)
github.get_issue ok (N ms)
github.get_issue failed (N ms)
*/
