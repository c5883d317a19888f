return github.get_issue({ owner: "acme", repo: "web", issue_number: 9 }).then((issue) => {
  if (issue.labels.length > 0) throw new Error(`#${issue.number} is labelled already`);
  return issue.number;
});
/* @expect throws
Error: #9 is labelled already
    at program.js:2:38
2 |   if (issue.labels.length > 0) throw new Error(`#${issue.number} is labelled already`);
                                         ^

Calls that had been made (1):
github.get_issue ok (N ms)
*/
