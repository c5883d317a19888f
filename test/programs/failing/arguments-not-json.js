const ids = await Promise.all([1, 2].map(async (n) => BigInt(n)));
const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: JSON.parse("7"), ...{ extra: ids[0] } });
return issue;
/* @expect throws
ToolError: github.get_issue: the arguments cannot be sent as JSON: "extra" is a BigInt; use a number or a string
    at program.js:2:28
2 | const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: JSON.parse("7"), ...{ extra: ids[0] } });
                               ^
*/
