const issues = await github.list_issues({ owner: "acme", repo: "web" });
const issues = await github.list_issues({ owner: "acme", repo: "web", page: 2 });
return issues;
/* @expect refused 2:7 /Cannot redeclare|already|declared/ */
