const repos = ["web", "wbe"];
const counts = await Promise.all(repos.map(async (repo) => (await github.list_issues({ owner: "acme", repo })).length));
return counts;
/* @expect throws
ToolError: github.list_issues: 404 Not Found: acme/wbe
    at program.js:2:61
    at program.js:2:16
2 | const counts = await Promise.all(repos.map(async (repo) => (await github.list_issues({ owner: "acme", repo })).length));
                                                                ^

Calls that had been made (2):
github.list_issues ok (N ms)
github.list_issues failed (N ms)
*/
