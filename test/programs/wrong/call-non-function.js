const limit = 10;
const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: limit() });
return issues.length;
/* @expect refused 2:80 /call|callable|function/ */
