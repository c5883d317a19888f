const issues = await github.list_issues({ params: { owner: "acme", repo: "web" } });
return issues.length;
/* @expect refused 1:43 /arguments|params|input|owner/ */
