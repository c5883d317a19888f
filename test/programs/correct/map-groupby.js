const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
const byState = Map.groupBy(issues, (issue) => issue.state);
return [...byState].map(([state, list]) => `${state}: ${list.length}`);
/* @expect returns
["open: 18","closed: 5"]
*/
