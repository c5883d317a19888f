const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 100 });
issues.sort((a, b) => {
  if (a.comments !== b.comments) return b.comments - a.comments;
  return a.title < b.title ? -1 : a.title > b.title ? 1 : 0;
});
return issues.slice(0, 4).map(({ number, comments }) => [number, comments]);
/* @expect returns
[[14,10],[3,10],[17,9],[6,9]]
*/
