async function notify(issue) {
  await github.add_issue_comment({ owner: "acme", repo: "web", issue_number: issue.number, body: `@${issue.assignee.login} ping` });
}
const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 5 });
for (const issue of issues) notify(issue);
return "notified everybody";
/* @expect throws
TypeError: Cannot read properties of null (reading 'login')
    at program.js:2:117
    at program.js:5:29
2 | wner: "acme", repo: "web", issue_number: issue.number, body: `@${issue.assignee.login} ping` });
                                                                                    ^
github.add_issue_comment gave { id: number, body: string }
github.list_issues gave an array (5 items) of { number, title, state, labels, user, assignee (sometimes null), comments, created_at, … }
Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.

All the same, the program returned:

notified everybody

Calls that had been made (5):
github.list_issues ok (N ms)
github.add_issue_comment ok (N ms)
github.add_issue_comment ok (N ms)
github.add_issue_comment ok (N ms)
github.add_issue_comment ok (N ms)
*/
