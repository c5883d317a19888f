const issues = await github.list_issues({ owner: "acme", repo: "web", state: "open", perPage: 100 });
return issues.length;
/* @expect returns
18
*/
