const issues = await github.list_issues({ owner: "acme", repo: "web" });
issues.slice(0, 3).map((i) => i.title)
/* @expect returns
["Login fails on Safari (1)","Dark mode for the dashboard (2)","README lacks an example (3)"]
*/
