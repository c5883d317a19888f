type Issue = { number: number; title: string; labels: Array<{ name: string }> };

async function* issues(state: "open" | "closed" | "all"): AsyncGenerator<Issue> {
  for (let page = 1; ; page += 1) {
    const batch: Issue[] = await github.list_issues({ owner: "acme", repo: "web", state, page, perPage: 20 });
    for (const issue of batch) yield issue;
    if (batch.length < 20) return;
  }
}

const stale: number[] = [];
for await (const issue of issues("all")) {
  if (issue.labels.some(({ name }) => name === "stale")) stale.push(issue.number);
}
return stale;
/* @expect returns
[7,14,21]
*/
