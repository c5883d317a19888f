function* batches(items, size) {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}
const numbers = [1, 2, 3, 4, 5];
const sums = [];
for (const batch of batches(numbers, 2)) {
  const issues = await Promise.all(batch.map((issue_number) => github.get_issue({ owner: "acme", repo: "web", issue_number })));
  sums.push(issues.reduce((s, i) => s + i.comments, 0));
}
return sums;
/* @expect returns
[10,16,2]
*/
