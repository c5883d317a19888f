const pulls = await github.list_pull_requests({ owner: "acme", repo: "web" });
const newest = pulls.sortBy("number");
return newest[0];
/* @expect throws
TypeError: pulls.sortBy is not a function
    at program.js:2:22
2 | const newest = pulls.sortBy("number");
                         ^

Calls that had been made (1):
github.list_pull_requests ok (N ms)
*/
