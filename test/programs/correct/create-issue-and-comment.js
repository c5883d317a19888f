const created = await github.create_issue({
  owner: "acme",
  repo: "web",
  title: "Weekly report",
  body: "Automatically created.",
  labels: ["report"],
});
await github.add_issue_comment({
  owner: "acme",
  repo: "web",
  issue_number: 1,
  body: `See #${created.number}`,
});
return created.html_url;
/* @expect returns
https://github.example/acme/web/issues/201
*/
