// Windows line endings
const issue = await github.get_issue({
  owner: "acme",
  repo: "web",
  issue_number: 4,
});

return issue.state;
/* @expect returns
closed
*/
