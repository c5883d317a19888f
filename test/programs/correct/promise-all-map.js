const numbers = [1, 2, 3, 4];
const issues = await Promise.all(
  numbers.map((n) => github.get_issue({ owner: "acme", repo: "web", issue_number: n }))
);
return issues.map(({ number, state }) => `#${number} ${state}`);
/* @expect returns
["#1 open","#2 open","#3 open","#4 closed"]
*/
