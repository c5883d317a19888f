const owner = "acme";
const issues = await github.list_issues({ owner: ownerr, repo: "web" });
return issues.length;
/* @expect refused 2:50 /ownerr|owner/ */
