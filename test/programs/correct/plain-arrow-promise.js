() => github.get_issue({ owner: "acme", repo: "web", issue_number: 7 }).then((issue) => issue.title)
/* @expect returns
Login fails on Safari (7)
*/
