const query = { owner: "acme", repo: "web", state: "closed" } as const;
const issues: Array<{ number: number }> = await github.list_issues(query);
return issues.map((i) => i.number).join(",");
/* @expect returns
4,8,12,16,20
*/
