const issues = await github.list_issues({ owner: "acme", repo: "web", labels: ["security"] });
if (issues.length === 0) {
  throw new Error("No security issues found, which is suspicious");
}
return issues;
/* @expect throws
Error: No security issues found, which is suspicious
    at program.js:3:9
3 |   throw new Error("No security issues found, which is suspicious");
            ^

Calls that had been made (1):
github.list_issues ok (N ms)
*/
