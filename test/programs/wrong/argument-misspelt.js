const issue = await github.create_issue({ owner: "acme", repo: "web", titel: "Login is broken" });
return issue.number;
/* @expect refused 1:71 /title/ */
