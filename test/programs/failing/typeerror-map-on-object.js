const result = await github.search_issues({ q: "repo:acme/web is:open" });
return result.map((issue) => issue.title);
/* @expect throws
TypeError: result.map is not a function
    at program.js:2:15
2 | return result.map((issue) => issue.title);
                  ^
github.search_issues gave { total_count: number, incomplete_results: boolean, items: an array (10 items) of { number, title, state, labels, user, … } }

Calls that had been made (1):
github.search_issues ok (N ms)
*/
