const issue = await github.create_issue({ owner: "acme", repo: "web", title: "Crash", labels: "bug" });
return issue.number;
/* @expect refused 1:87 /string\[\]|array/ */
