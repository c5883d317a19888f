async function* pages() {
  for (let page = 1; ; page++) {
    const batch = await github.list_issues({ owner: "acme", repo: page < 3 ? "web" : "gone", page, perPage: 5 });
    yield batch;
  }
}
let count = 0;
for await (const batch of pages()) count += batch.length;
return count;
/* @expect throws
ToolError: github.list_issues: 404 Not Found: acme/gone
    at program.js:3:19
    at program.js:8:18
3 |     const batch = await github.list_issues({ owner: "acme", repo: page < 3 ? "web" : "gone", page, perPage: 5 });
                      ^

Calls that had been made (3):
github.list_issues ok (N ms)
github.list_issues ok (N ms)
github.list_issues failed (N ms)
*/
