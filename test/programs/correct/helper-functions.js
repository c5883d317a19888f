const owner = "acme", repo = "web";
const getIssue = (issue_number) => github.get_issue({ owner, repo, issue_number });
const labelsOf = (issue) => issue.labels.map((l) => l.name);

const [a, b] = await Promise.all([getIssue(7), getIssue(8)]);
return { a: labelsOf(a), b: labelsOf(b) };
/* @expect returns
{"a":["bug","stale"],"b":["enhancement"]}
*/
