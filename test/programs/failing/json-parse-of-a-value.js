const response = await github.search_repositories({ query: "org:acme" });
const data = JSON.parse(response);
return data.items.map((repo) => repo.full_name);
/* @expect throws
SyntaxError: "[object Object]" is not valid JSON
    at program.js:2:19
2 | const data = JSON.parse(response);
                      ^
It is no text but a value already: leave out JSON.parse.
github.search_repositories gave { total_count: number, items: an array (3 items) of { full_name, language (sometimes null), stargazers_count, open_issues_count, archived, … } }

Calls that had been made (1):
github.search_repositories ok (N ms)
*/
