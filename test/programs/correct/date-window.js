const now = new Date("2026-10-15T00:00:00Z");
const weekAgo = new Date(now);
weekAgo.setDate(now.getDate() - 7);
const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 100 });
const recent = commits.filter((c) => {
  const date = new Date(c.commit.author.date);
  return date >= weekAgo && date < now;
});
return recent.length;
/* @expect returns
5
*/
