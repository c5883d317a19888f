const issues = github.list_issues({ owner: "acme", repo: "web" });
return issues.length;
/* @expect refused 2:15 /await/ */
