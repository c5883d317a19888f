const issue = await github.get_issue({ owner: "acme", repo: "web", issueNumber: 7 });
return issue.state;
/* @expect refused 1:68 /issue_number/ */
