const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
const counts = new Map();
for (const issue of issues) {
  for (const label of issue.labels) {
    counts.set(label.name, (counts.get(label.name) || 0) + 1);
  }
}
return [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 3);
/* @expect returns
[["bug",8],["docs",4],["enhancement",4]]
*/
