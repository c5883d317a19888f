const chunk = (arr, size) => Array.from({ length: Math.ceil(arr.length / size) }, (_, i) => arr.slice(i * size, i * size + size));

const numbers = Array.from({ length: 9 }, (_, i) => i + 1);
const out = [];
for (const group of chunk(numbers, 4)) {
  const issues = await Promise.all(group.map((issue_number) => github.get_issue({ owner: "acme", repo: "web", issue_number })));
  out.push(...issues.map((i) => i.comments));
}
return out;
/* @expect returns
[7,3,10,6,2,9,5,1,8]
*/
