const pulls = await github.list_pull_requests({ owner: "acme", repo: "web" });
const newest = pulls.sortBy("number");
return newest[0];
/* @expect throws
TypeError: pulls.sortBy is not a function
    at program.js:2:22
2 | const newest = pulls.sortBy("number");
                         ^
github.list_pull_requests gave an array (3 items) of { number, title, state, draft, base, user, mergeable (sometimes null), additions, … }

Calls that had been made (1):
github.list_pull_requests ok (N ms)
*/
