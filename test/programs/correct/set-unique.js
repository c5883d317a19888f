const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
const authors = new Set(issues.map((i) => i.user.login));
return [...authors].sort();
/* @expect returns
["ada","grace","linus","margaret"]
*/
