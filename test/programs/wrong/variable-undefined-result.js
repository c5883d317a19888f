const result = await github.list_issues({ owner: "acme", repo: "web" });
return issues.map((i) => i.title);
/* @expect refused 2:8 /issues|result/ */
