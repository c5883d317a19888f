const issues = await github.list_issues({ owner: "acme", repo: "web", state: "open", perPage: 100 }); const byLabel = {}; for (const issue of issues) { for (const label of issue.labels) { (byLabel[label.name] ??= []).push(issue.number); } } return byLabel.security.map((n) => `#${n}`);
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'map')
    at program.js:1:266
1 |  { (byLabel[label.name] ??= []).push(issue.number); } } return byLabel.security.map((n) => `#${n}`);
                                                                                    ^
github.list_issues gave an array (18 items) of { number, title, state, labels, user, assignee (sometimes null), comments, created_at, … }

Calls that had been made (1):
github.list_issues ok (N ms)
*/
