const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 3 });
const { name } = issue.milestone;
return name;
/* @expect throws
TypeError: Cannot destructure property 'name' of 'issue.milestone' as it is undefined.
    at program.js:2:9
2 | const { name } = issue.milestone;
            ^
github.get_issue gave { number: number, title: string, state: string, labels: an array (1 item) of { name }, user: { login }, assignee: { login }, comments: number, created_at: string, updated_at: string, body: null, html_url: string }

Calls that had been made (1):
github.get_issue ok (N ms)
*/
