const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 3 });
return Object.entries(issue.reactions).length;
/* @expect throws
TypeError: Cannot convert undefined or null to object
    at program.js:2:15
2 | return Object.entries(issue.reactions).length;
                  ^
github.get_issue gave { number: number, title: string, state: string, labels: an array (1 item) of { name }, user: { login }, assignee: { login }, comments: number, created_at: string, updated_at: string, body: null, html_url: string }

Calls that had been made (1):
github.get_issue ok (N ms)
*/
