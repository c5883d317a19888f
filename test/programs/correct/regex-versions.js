const issues = await github.list_issues({ owner: "acme", repo: "web", perPage: 100 });
const versions = issues
  .map((i) => (i.body || "").match(/v(\d+\.\d+\.\d+)/))
  .filter((m) => m !== null)
  .map((m) => m[1]);
return versions.slice(0, 4);
/* @expect returns
["1.1.1","1.2.2","1.1.5","1.3.7"]
*/
