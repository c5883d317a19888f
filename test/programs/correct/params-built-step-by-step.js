const params = { owner: "acme", repo: "web" };
params.state = "all";
params.perPage = 100;
const onlyBugs = true;
if (onlyBugs) {
  params.labels = ["bug"];
}
const issues = await github.list_issues(params);
return issues.length;
/* @expect returns
8
*/
