const issue = await github.create_issue({ owner: "acme", repo: "web", title: null });
return issue.number;
/* @expect refused 1:78 /title|null/ */
