const args = JSON.stringify({ owner: "acme", repo: "web" });
const issues = await github.list_issues(args);
return issues;
/* @expect refused 2:41 /string|object/ */
