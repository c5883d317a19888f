const sum = (...numbers) => numbers.reduce((a, b) => a + b, 0);
const pulls = await github.list_pull_requests({ owner: "acme", repo: "web", state: "all" });
return sum(...pulls.map((p) => p.additions));
/* @expect returns
1162
*/
