const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
const months = {};
issues.forEach((issue) => {
  const d = new Date(issue.created_at);
  const key = `${d.getUTCFullYear()}-${String(d.getUTCMonth() + 1).padStart(2, "0")}`;
  months[key] = (months[key] || 0) + 1;
});
return Object.keys(months).sort().map((m) => ({ month: m, count: months[m] }));
/* @expect returns
[{"month":"2026-01","count":3},{"month":"2026-02","count":3},{"month":"2026-03","count":3},{"month":"2026-04","count":3},{"month":"2026-05","count":3},{"month":"2026-06","count":2},{"month":"2026-07","count":2},{"month":"2026-08","count":2},{"month":"2026-09","count":2}]
*/
