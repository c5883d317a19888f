const titles = [];
for (let page = 1; page <= 5; page++) {
  const issues = await github.list_issues({ owner: "acme", repo: "web", page, perPage: 5 });
  if (!issues.length) break;
  titles.push(...issues.map((issue) => issue.title));
}
titles.length
/* @expect returns
18
*/
