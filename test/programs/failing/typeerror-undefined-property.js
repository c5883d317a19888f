const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 5 });
return issue.assignee.login;
/* @expect throws
TypeError: Cannot read properties of null (reading 'login')
    at program.js:2:23
2 | return issue.assignee.login;
                          ^
github.get_issue gave { number: number, title: string, state: string, labels: an array (0 items), user: { login }, assignee: null, comments: number, created_at: string, updated_at: string, body: string, html_url: string }

Calls that had been made (1):
github.get_issue ok (N ms)
*/
