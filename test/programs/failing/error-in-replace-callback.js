const lookup = JSON.parse('{"1": {"title": "One"}}');
const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 2 });
return issue.body.replace(/#(\d+)/g, (_, n) => lookup[n].title);
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'title')
    at program.js:3:58
    at program.js:3:19
3 | return issue.body.replace(/#(\d+)/g, (_, n) => lookup[n].title);
                                                             ^
github.get_issue gave { number: number, title: string, state: string, labels: an array (1 item) of { name }, user: { login }, assignee: { login }, comments: number, created_at: string, updated_at: string, body: string, html_url: string }

Calls that had been made (1):
github.get_issue ok (N ms)
*/
