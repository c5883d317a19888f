const issues = await github.list_issue({ owner: "acme", repo: "web" });
return issues.length;
/* @expect refused 1:29 /list_issues/ */
