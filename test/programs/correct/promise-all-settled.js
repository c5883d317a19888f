const results = await Promise.allSettled(
  [1, 999, 3].map((issue_number) => github.get_issue({ owner: "acme", repo: "web", issue_number }))
);
return results.map((r) => (r.status === "fulfilled" ? r.value.title : "failed: " + r.reason.message));
/* @expect returns
["Login fails on Safari (1)","failed: github.get_issue: 404 Not Found: there is no #999 in acme/web","README lacks an example (3)"]
*/
