const labels = undefined;
const issue = await github.create_issue({ owner: "acme", repo: "web", title: "No labels", body: undefined, labels });
return issue.labels;
/* @expect returns
[]
*/
