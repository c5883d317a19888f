const repos = await github.search_repositories({ query: "org:acme" });
const names = repos.data.items.map((r) => r.full_name);
return names;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'items')
    at program.js:2:26
2 | const names = repos.data.items.map((r) => r.full_name);
                             ^
github.search_repositories gave { total_count: number, items: an array (3 items) of { full_name, language (sometimes null), stargazers_count, open_issues_count, archived, … } }

Calls that had been made (1):
github.search_repositories ok (N ms)
*/
