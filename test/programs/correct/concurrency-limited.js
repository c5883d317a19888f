async function mapLimit(items, limit, fn) {
  const results = new Array(items.length);
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index], index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

const states = await mapLimit([1, 2, 3, 4, 5, 6], 2, async (n) => {
  const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: n });
  return issue.state;
});
return states;
/* @expect returns
["open","open","open","closed","open","open"]
*/
