const issue = await github.get_issue({ owner: "acme", repo: "web" });
return issue.title;
/* @expect refused 1:38 /issue_number/ */
