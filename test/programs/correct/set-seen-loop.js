const seen = new Set();
const duplicates = [];
const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 100 });
for (const { commit } of commits) {
  const type = commit.message.split(":")[0];
  if (seen.has(type)) duplicates.push(type);
  seen.add(type);
}
return { types: [...seen], duplicates: duplicates.length };
/* @expect returns
{"types":["fix","feat","docs","chore"],"duplicates":8}
*/
