const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 3 });
return Object.entries(issue.reactions).length;
/* @expect throws
TypeError: Cannot convert undefined or null to object
    at program.js:2:15
2 | return Object.entries(issue.reactions).length;
                  ^

Calls that had been made (1):
github.get_issue ok (N ms)
*/
