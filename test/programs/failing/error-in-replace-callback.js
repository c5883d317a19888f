const lookup = JSON.parse('{"1": {"title": "One"}}');
const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 2 });
return issue.body.replace(/#(\d+)/g, (_, n) => lookup[n].title);
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'title')
    at program.js:3:58
    at program.js:3:19
3 | return issue.body.replace(/#(\d+)/g, (_, n) => lookup[n].title);
                                                             ^

Calls that had been made (1):
github.get_issue ok (N ms)
*/
