const wanted = ["bug", "stale"];
const hits = [];
const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
outer: for (const issue of issues) {
  for (const label of wanted) {
    if (!issue.labels.some((l) => l.name === label)) continue outer;
  }
  hits.push(issue.number);
}
return hits;
/* @expect returns
[7]
*/
