const issues = await github.listIssues({ owner: "acme", repo: "web" });
return issues.map((i) => i.title);
/* @expect refused 1:29 /list_issues/ */
