const issues = await github.list_issues({ owner: "acme", repo: "web" };
return issues.length;
/* @expect refused 1:71 /expected/ */
