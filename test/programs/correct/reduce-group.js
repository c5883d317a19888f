const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
const grouped = issues.reduce((acc, issue) => {
  const key = issue.user.login;
  if (!acc[key]) acc[key] = [];
  acc[key].push(issue.number);
  return acc;
}, {});
return grouped;
/* @expect returns
{"ada":[1,4,6,9,11,14,16,19,21],"grace":[2,7,12,17,22],"linus":[3,8,13,18,23],"margaret":[5,10,15,20]}
*/
