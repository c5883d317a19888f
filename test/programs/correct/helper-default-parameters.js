function summarize(issue, { short = false, max = 20 } = {}) {
  const title = short ? issue.title.slice(0, max) : issue.title;
  return `${issue.number}: ${title}`;
}
const issues = await github.list_issues({ owner: "acme", repo: "web" });
return [summarize(issues[0]), summarize(issues[1], { short: true, max: 9 })];
/* @expect returns
["1: Login fails on Safari (1)","2: Dark mode"]
*/
