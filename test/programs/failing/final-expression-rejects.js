const issues = await github.list_issues({ owner: "acme", repo: "web" });
issues.map((issue) => issue.milestone.title)
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'title')
    at program.js:2:39
    at program.js:2:8
2 | issues.map((issue) => issue.milestone.title)
                                          ^
github.list_issues gave an array (10 items) of { number, title, state, labels, user, assignee (sometimes null), comments, created_at, … }

Calls that had been made (1):
github.list_issues ok (N ms)
*/
