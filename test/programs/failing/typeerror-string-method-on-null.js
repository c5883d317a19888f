const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 5 });
const bodies = issues.map((i) => i.body.toUpperCase());
return bodies;
/* @expect throws
TypeError: Cannot read properties of null (reading 'toUpperCase')
    at program.js:2:41
    at program.js:2:23
2 | const bodies = issues.map((i) => i.body.toUpperCase());
                                            ^
github.list_issues gave an array (5 items) of { number, title, state, labels, user, assignee (sometimes null), comments, created_at, … }

Calls that had been made (1):
github.list_issues ok (N ms)
*/
