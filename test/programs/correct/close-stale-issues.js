// Close all issues labelled "stale" and tell what was closed.
const stale = await github.list_issues({ owner: "acme", repo: "web", labels: ["stale"], perPage: 100 });
const closed = [];
for (const issue of stale) {
  const updated = await github.update_issue({ owner: "acme", repo: "web", issue_number: issue.number, state: "closed" });
  closed.push({ number: updated.number, state: updated.state });
}
return closed;
/* @expect returns
[{"number":7,"state":"closed"},{"number":14,"state":"closed"},{"number":21,"state":"closed"}]
*/
