const issues = await github.list_issues({ owner: "acme", repo: "web", per_page: 50 });
return issues.length;
/* @expect refused 1:71 /perPage/ */
