const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 2 });
return issue.body.replace(/#(\d+)/g, (_, n) => `https://github.example/acme/web/issues/${n}`);
/* @expect returns
Seen in v1.2.2. See https://github.example/acme/web/issues/3.
*/
