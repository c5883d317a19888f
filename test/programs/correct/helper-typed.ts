type Issue = { number: number; assignee: { login: string } | null };

const describe = (issue: Issue): string => `#${issue.number} → ${issue.assignee?.login ?? "unassigned"}`;

async function load(numbers: readonly number[]): Promise<Issue[]> {
  return Promise.all(numbers.map((issue_number) => github.get_issue({ owner: "acme", repo: "web", issue_number })));
}

return (await load([4, 5, 6])).map(describe);
/* @expect returns
["#4 → ada","#5 → unassigned","#6 → linus"]
*/
