const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 1 });
return new URL(issue.url).pathname;
/* @expect throws
TypeError: Invalid URL string.
    at program.js:2:8
2 | return new URL(issue.url).pathname;
           ^

Calls that had been made (1):
github.get_issue ok (N ms)
*/
