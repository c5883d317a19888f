const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 1 });
const days = Math.round((new Date(issue.updated_at) - new Date(issue.created_at)) / (1000 * 60 * 60 * 24));
return `${days} days`;
/* @expect returns
273 days
*/
