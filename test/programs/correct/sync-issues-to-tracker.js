const bugs = await github.list_issues({ owner: "acme", repo: "web", labels: ["bug"], perPage: 3 });
const created = [];
for (const bug of bugs) {
  const { id, url } = await tracker.create_ticket({
    project: "web",
    title: `[#${bug.number}] ${bug.title}`,
    priority: bug.comments > 5 ? "high" : "low",
    tags: ["imported"],
  });
  created.push({ id, url });
}
return created;
/* @expect returns
[{"id":"T-101","url":"https://tracker.example/T-101"},{"id":"T-102","url":"https://tracker.example/T-102"},{"id":"T-103","url":"https://tracker.example/T-103"}]
*/
