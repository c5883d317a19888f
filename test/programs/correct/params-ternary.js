const wantAll = false;
const issues = await github.list_issues({ owner: "acme", repo: "web", state: wantAll ? "all" : "closed" });
return issues.map((i) => i.number);
/* @expect returns
[4,8,12,16,20]
*/
