const issues = await github.list_issues({ owner: "acme", repo: "web", labels: ["security"] });
return issues.map((i) => i.comments).reduce((a, b) => Math.max(a, b));
/* @expect throws
TypeError: Reduce of empty array with no initial value
    at program.js:2:38
2 | return issues.map((i) => i.comments).reduce((a, b) => Math.max(a, b));
                                         ^

Calls that had been made (1):
github.list_issues ok (N ms)
*/
