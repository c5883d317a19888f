const issues = await github.list_issues({ owner: "acme", repo: "web" });
return _.groupBy(issues, "state");
/* @expect refused 2:8 /_|find name/ */
