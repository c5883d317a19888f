const issues = await github.list_issues({ owner: "acme", repo: "web", labels: ["security"] });
if (issues.length === 0) return "Nothing to do";
for (const issue of issues) {
  await github.add_issue_comment({ owner: "acme", repo: "web", issue_number: issue.number, body: "ping" });
}
return `Pinged ${issues.length}`;
/* @expect returns
Nothing to do
*/
