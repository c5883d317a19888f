const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: "7" });
return issue.title;
/* @expect refused 1:68 /number/ */
