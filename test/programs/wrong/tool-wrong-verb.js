const issue = await github.fetch_issue({ owner: "acme", repo: "web", issue_number: 1 });
return issue.title;
/* @expect refused 1:28 /get_issue|list_issues|search_issues/ */
