const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 100 });
issues.sort((a, b) => new Date(b.created_at) - new Date(a.created_at));
return issues.slice(0, 3).map((i) => i.number);
/* @expect returns
[18,9,17]
*/
