const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 100 });
return issues.filter((i) => i.assignee?.login === "ada").map((i) => i.body?.length ?? 0);
/* @expect returns
[23,23,0,25,25,25,25]
*/
