const repos = await github.search_repositories({ query: "org:acme" });
const names = repos.data.items.map((r) => r.full_name);
return names;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'items')
    at program.js:2:26
2 | const names = repos.data.items.map((r) => r.full_name);
                             ^

Calls that had been made (1):
github.search_repositories ok (N ms)
*/
